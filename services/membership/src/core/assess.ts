import type { GroupName } from '@huismeester/contracts';
import { groupNames, type KnownPerson, type Read, type ReadPerson } from './known.ts';
import { isMuch, type Matched, match } from './match.ts';

/** A part of the directory of which much is gone at once. */
export interface Gone {
  readonly what: 'people' | 'disabled' | 'enabled' | GroupName;
  /** Ids of people, sorted. */
  readonly ids: readonly string[];
  readonly of: number;
}

/** What follows from a read of the directory, if anything does. */
export type Assessment =
  | { readonly verdict: 'too-much-gone'; readonly parts: readonly Gone[] }
  | {
      readonly verdict: 'complete';
      /** Everybody as they are now, those who are gone included. */
      readonly people: readonly KnownPerson[];
      readonly renumbered: number;
      /** So many people the change is about that was accepted. */
      readonly accepted: number;
    };

/** A group is small enough to lose most of its members in one evening. */
const smallGroup = 5;

/**
 * What a complete read says of each person. When more than a fifth (at least 3) of the people, or of a group of 5 or more, is gone at once,
 * a half answer is likelier than the truth, and nothing follows from it until a person accepts that very change. The same for accounts: an attribute
 * that we may no longer read would enable everybody who is disabled. Pure: `newId` makes an id where one is taken.
 */
export function assess(
  known: readonly KnownPerson[],
  read: Read,
  { accepts, newId }: { accepts: (parts: readonly Gone[]) => boolean; newId: () => string },
): Assessment {
  const matched = match(known, read.people);
  const people = [
    ...read.people.flatMap((each) => present(each, { known, read, matched, newId })),
    ...missing(known, matched),
  ];
  const parts = known.length === 0 ? [] : muchGone(known, people, read.groups);
  if (parts.length > 0 && !accepts(parts)) return { verdict: 'too-much-gone', parts };
  const accepted = new Set(parts.flatMap(({ ids }) => ids)).size;
  return { verdict: 'complete', people, renumbered: matched.renumbered, accepted };
}

interface Around {
  readonly known: readonly KnownPerson[];
  readonly read: Read;
  readonly matched: Matched;
  readonly newId: () => string;
}

function present(person: ReadPerson, { known, read, matched, newId }: Around): KnownPerson[] {
  const before = matched.same.get(person.id);
  const { enabled, id: directoryId } = person;
  const uidHash = person.uidHash ?? before?.uidHash;
  // Somebody whom nobody knows, and who cannot log in.
  if (uidHash === undefined) return [];
  const tookUidOf = matched.tookUidOf.get(directoryId)?.id ?? before?.tookUidOf ?? null;
  const groups = groupNames.filter((name) => {
    const group = read.groups[name];
    // A uid that was another's gives nothing of that person's until somebody of the team knows it.
    const isInherited = tookUidOf !== null && group.state === 'known' && group.byUid.has(directoryId);
    return !isInherited && isIn(group, directoryId, before?.groups.includes(name));
  });
  const now = { directoryId, uidHash, enabled, groups, tookUidOf, gone: false };
  if (before) return [{ ...before, ...now, formerUids: formerOf(before, uidHash) }];
  // After a renumbering the id of one may be the directory's id of another.
  const id = known.some((each) => each.id === directoryId) ? newId() : directoryId;
  return [{ id, formerUids: [], ...now }];
}

/** So many uids that somebody had before are remembered. */
const mostFormer = 10;

function formerOf({ uidHash: before, formerUids }: KnownPerson, now: string): readonly string[] {
  if (before === now) return formerUids;
  return [before, ...formerUids.filter((each) => each !== before && each !== now)].slice(0, mostFormer);
}

/** Of a group that is unknown, who was in it is still in it. */
function isIn(group: Read['groups'][GroupName], id: string, before = false): boolean {
  if (group.state === 'unknown') return before;
  return group.state === 'known' && group.members.has(id);
}

function missing(known: readonly KnownPerson[], { same }: Matched): KnownPerson[] {
  const found = new Set([...same.values()].map(({ id }) => id));
  return known
    .filter(({ id }) => !found.has(id))
    .map((each) => (each.gone ? each : { ...each, gone: true, groups: [] }));
}

function muchGone(
  known: readonly KnownPerson[],
  people: readonly KnownPerson[],
  groups: Read['groups'],
): Gone[] {
  const now = new Map(people.map((each) => [each.id, each]));
  const before = known.filter(({ gone }) => !gone);
  const part = (
    what: Gone['what'],
    of: readonly KnownPerson[],
    is: (each: KnownPerson) => boolean,
  ): Gone[] => {
    const ids = of.flatMap(({ id }) => {
      const each = now.get(id);
      return each && is(each) ? [id] : [];
    });
    return isMuch(ids.length, of.length) ? [{ what, ids: ids.toSorted(), of: of.length }] : [];
  };
  const enabled = before.filter((each) => each.enabled);
  const disabled = before.filter((each) => !each.enabled);
  return [
    ...part('people', before, ({ gone }) => gone),
    ...part('enabled', enabled, (each) => !each.gone && !each.enabled),
    ...part('disabled', disabled, (each) => !each.gone && each.enabled),
    ...groupNames.flatMap((name) => {
      const members = before.filter((each) => each.groups.includes(name));
      if (members.length < smallGroup || groups[name].state === 'unknown') return [];
      return part(name, members, (each) => !each.groups.includes(name));
    }),
  ];
}
