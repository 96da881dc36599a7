import leven from 'leven';

/** The one of `names` that `wrong` was probably meant to be: a typing error or two away; undefined when none is. */
export function nearest(wrong: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, steps: leven(wrong.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  return best !== undefined && best.steps <= tolerated(best.name) ? best.name : undefined;
}

/** Two letters that changed places are two steps; of a short name they would be another name. */
function tolerated({ length }: string): number {
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}

/** All that is allowed, and which of it was probably meant: `host, port (did you mean port?)`. */
export function oneOf(allowed: readonly string[], wrong: string): string {
  const meant = nearest(wrong, allowed);
  return `${allowed.join(', ')}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
}
