import type { GroupName, RegisterState } from '@huismeester/contracts';
import type { KnownPerson, Read } from './known.ts';

/** Somebody whom the register begins with. */
export interface Imported {
  readonly id: string;
  readonly state: RegisterState;
}

/** How long a trial is where nobody said otherwise (JOIN-3), in ms. */
export const trialMs = 60 * 24 * 3_600_000;

const imports: readonly GroupName[] = ['team', 'trial'];

/** A group of names must have a member: one that is nobody is there for that. */
const mostPlaceholders = 1;

/**
 * Whom the first complete read takes into the register, without votes (TEAM-1): the team is as the directory has it. Undefined while that
 * cannot be told: there is no group of the team, nobody is in it, a group is unknown, or members of it are nobody that we read, as with a base or a
 * filter that leaves some out. What is imported is imported once, and the rest would have to be voted in.
 */
export function importTeam(people: readonly KnownPerson[], groups: Read['groups']): Imported[] | undefined {
  const isClear = imports.every((name) => {
    const group = groups[name];
    return (
      group.state === 'not-set-up' || (group.state === 'known' && group.dangling.length <= mostPlaceholders)
    );
  });
  if (!isClear || groups.team.state !== 'known') return undefined;
  const imported = people.flatMap(({ id, groups: of, gone }): Imported[] => {
    if (gone) return [];
    if (of.includes('team')) return [{ id, state: 'full' }];
    return of.includes('trial') ? [{ id, state: 'trial' }] : [];
  });
  return imported.some(({ state }) => state === 'full') ? imported : undefined;
}
