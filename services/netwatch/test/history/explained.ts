/** What must be given to explain a failure; read from the requirement, and by no code of the core. */
export interface Failures {
  readonly needsOf: (id: string) => readonly (readonly string[])[];
  readonly hasFailed: (id: string) => boolean;
  readonly isPassage: (id: string) => boolean;
}

/** What explains that a thing fails: nothing (it is its own root), or its roots and the state that it has because of them. */
export interface Explained {
  readonly state: 'down' | 'unknown';
  readonly roots: ReadonlySet<string>;
}

const carrying = /^(vm|node|hypervisor|ups|mains|probe)\//;

export function explained(failures: Failures, id: string): Explained | undefined {
  const { needsOf, hasFailed, isPassage } = failures;
  const groups = needsOf(id).filter((group) => group.every(hasFailed));
  if (groups.length === 0) return undefined;
  const rootsOf = (each: string) => explained(failures, each)?.roots ?? new Set([each]);
  const isDown = (each: string) =>
    carrying.test(each) && !isPassage(each) && (explained(failures, each)?.state ?? 'down') === 'down';
  return {
    state: groups.some((group) => group.every(isDown)) ? 'down' : 'unknown',
    roots: new Set(groups.flat().flatMap((each) => [...rootsOf(each)])),
  };
}

/** Of failures that are a set. */
export function failuresOf(
  items: ReadonlyMap<string, { readonly needs: readonly (readonly string[])[] }>,
  passages: ReadonlySet<string>,
  failed: ReadonlySet<string>,
): Failures {
  return {
    needsOf: (id) => items.get(id)?.needs ?? [],
    hasFailed: (id) => failed.has(id),
    isPassage: (id) => passages.has(id),
  };
}
