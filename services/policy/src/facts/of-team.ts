import { theDirectory } from './directory.ts';
import type { Facts } from './index.ts';
import { isOfTeam, type MemberFact } from './member.ts';
import type { PersonFact } from './person.ts';

/** What to do where settings name no directory: without people nothing can be told of the team. */
export const noDirectory =
  'space.yaml names no directory of people: name a file or an LDAP server under `directory`; `huismeester init --ldap ldaps://…` proposes the settings';

type Members = ReadonlyMap<string, MemberFact>;
type People = ReadonlyMap<string, PersonFact>;

/** The ids of the full members, by the register alone: who administers the directory cannot take anybody's vote (JOIN-1). */
export function fullMembers(member: Members): string[] {
  return [...member.values()].flatMap(({ person, state }) => (state === 'full' ? [person] : []));
}

/** The ids of those of the board, as far as the directory has them and their account may be used. */
export function ofBoard(person: People): string[] {
  return [...person.values()].flatMap((each) => (isOfBoard(each) ? [each.person] : []));
}

/** The ids of the board members in the team, on trial or full (BOARD-1). */
export function boardInTeam({ member, person }: Pick<Facts, 'member' | 'person'>): string[] {
  return [...member.values()].flatMap((each) => {
    const known = person.get(each.person);
    return isOfTeam(each) && known && isOfBoard(known) ? [each.person] : [];
  });
}

/** Whether the directory has somebody in the board, who may log in. */
export function isOfBoard({ enabled, groups }: PersonFact): boolean {
  return enabled && groups.includes('board');
}

/** Why what follows from the directory cannot be told now; undefined: it is read whole, and seen. */
export function whyUnknown({ directory }: Pick<Facts, 'directory'>): string | undefined {
  const known = directory.get(theDirectory);
  if (known === undefined) return 'nothing was heard of the directory yet';
  if (known.unseen) return 'what membership says cannot be read now';
  return known.state === 'known' ? undefined : 'the directory cannot be read whole';
}
