import type { KnownPerson, ReadPerson } from './known.ts';

/** Who is who in a read. */
export interface Matched {
  /** The known person that each person of the read is, by the directory's id. */
  readonly same: ReadonlyMap<string, KnownPerson>;
  /** Of those who are new: the known person who has, or had, the uid of each. */
  readonly tookUidOf: ReadonlyMap<string, KnownPerson>;
  /** So many are known under another id of the directory, by their uid. */
  readonly renumbered: number;
}

/** More than this share of all, and at least so many, at once is no change that people make one by one. */
export const muchShare = 0.2;
export const muchCount = 3;

export function isMuch(count: number, of: number): boolean {
  return count >= muchCount && count > of * muchShare;
}

/**
 * Finds who is who: by the directory's id, never by the uid. Somebody with the uid of another is a new person, who inherits nothing. When much
 * of the directory has another id and the same uid at once, it was restored or moved and gave new ids: then people are kept by their uid.
 */
export function match(known: readonly KnownPerson[], read: readonly ReadPerson[]): Matched {
  const byId = new Map(known.map((each) => [each.directoryId, each]));
  const same = new Map(read.flatMap(({ id }) => pair(id, byId.get(id))));
  const matched = new Set([...same.values()].map(({ id }) => id));
  const byUid = latestByUid(known);
  const took = new Map(read.flatMap(({ id, uidHash }) => (same.has(id) ? [] : pair(id, byUid.get(uidHash)))));
  const moved = [...took].filter(([, before]) => !before.gone && !matched.has(before.id));
  const present = known.filter(({ gone }) => !gone).length;
  if (!isMuch(moved.length, present)) return { same, tookUidOf: took, renumbered: 0 };
  for (const [id, before] of moved) {
    same.set(id, before);
    took.delete(id);
  }
  return { same, tookUidOf: took, renumbered: moved.length };
}

function pair<T>(id: string, found: T | undefined): [string, T][] {
  return found === undefined ? [] : [[id, found]];
}

/** Of several who had a uid, who has it now. */
function latestByUid(known: readonly KnownPerson[]): Map<string, KnownPerson> {
  const sorted = known.toSorted((a, b) => Number(b.gone) - Number(a.gone));
  return new Map(sorted.map((each) => [each.uidHash, each]));
}
