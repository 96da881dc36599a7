/** The value as JSON with sorted keys and without blanks: equal values give equal bytes. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(sortedEntries(each));
  });
}

/** The same bytes in pieces: an item of a list is one. */
export function* canonicalPieces(value: unknown): Iterable<string> {
  if (typeof value !== 'object' || value === null) yield canonical(value);
  else if (Array.isArray(value)) {
    yield '[';
    for (const [index, item] of value.entries()) yield `${index === 0 ? '' : ','}${canonical(item)}`;
    yield ']';
  } else {
    yield '{';
    for (const [index, [key, held]] of sortedEntries(value).entries()) {
      yield `${index === 0 ? '' : ','}${JSON.stringify(key)}:`;
      yield* canonicalPieces(held);
    }
    yield '}';
  }
}

function sortedEntries(value: object): [key: string, held: unknown][] {
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1));
}
