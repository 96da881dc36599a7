import type { KnownPerson, ReadPerson } from './known.ts';

/** Who is who in a read. */
export interface Matched {
  /** The known person that each person of the read is, by the directory's id. */
  readonly same: ReadonlyMap<string, KnownPerson>;
  /** Of those who are new, or renamed: the other person who has, or had, the uid of each. */
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
 * of the directory has another id and the same uid at once, it was restored or moved and gave new ids: then people are kept by their uid, where
 * that is of one person alone, before and now.
 */
export function match(known: readonly KnownPerson[], read: readonly ReadPerson[]): Matched {
  const byId = new Map(known.map((each) => [each.directoryId, each]));
  const same = new Map(read.flatMap(({ id }) => pair(id, byId.get(id))));
  const matched = new Set([...same.values()].map(({ id }) => id));
  const byUid = ownersOfUids(known);
  const took = new Map(read.flatMap((each) => tookOf(each, same.get(each.id), byUid)));
  const there = known.filter(({ gone }) => !gone);
  const before = countsOf(there);
  const now = countsOf(read);
  const moved = read.flatMap(({ id, uidHash = '' }) => {
    const owner = same.has(id) ? undefined : took.get(id);
    const isMoved = owner && !owner.gone && !matched.has(owner.id) && owner.uidHash === uidHash;
    return isMoved && before.get(uidHash) === 1 && now.get(uidHash) === 1 ? [{ id, owner }] : [];
  });
  if (!isMuch(moved.length, there.length)) return { same, tookUidOf: took, renumbered: 0 };
  for (const { id, owner } of moved) {
    same.set(id, owner);
    took.delete(id);
  }
  return { same, tookUidOf: took, renumbered: moved.length };
}

function pair<T>(id: string, found: T | undefined): [string, T][] {
  return found === undefined ? [] : [[id, found]];
}

/** Whose uid somebody has who did not have it: of a person who is new, or who was renamed to it. */
function tookOf(
  { id, uidHash }: ReadPerson,
  self: KnownPerson | undefined,
  byUid: ReadonlyMap<string, KnownPerson>,
): [string, KnownPerson][] {
  if (uidHash === undefined || self?.uidHash === uidHash || self?.formerUids.includes(uidHash)) return [];
  const owner = byUid.get(uidHash);
  return owner === undefined || owner.id === self?.id ? [] : [[id, owner]];
}

/** Who has each uid, or had it last: those who have it now come before those who are gone, and before those who had it once. */
function ownersOfUids(known: readonly KnownPerson[]): Map<string, KnownPerson> {
  const sorted = known.toSorted((a, b) => Number(b.gone) - Number(a.gone));
  return new Map([
    ...sorted.flatMap((each) => each.formerUids.map((uid) => [uid, each] as const)),
    ...sorted.map((each) => [each.uidHash, each] as const),
  ]);
}

function countsOf(people: readonly { readonly uidHash: string | undefined }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { uidHash = '' } of people) counts.set(uidHash, (counts.get(uidHash) ?? 0) + 1);
  return counts;
}
