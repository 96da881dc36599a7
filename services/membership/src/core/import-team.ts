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

/**
 * Whom the first complete read takes into the register, without votes (TEAM-1): the team is as the directory has it. Undefined while that
 * cannot be told: there is no group of the team, or a group is unknown.
 */
export function importTeam(people: readonly KnownPerson[], groups: Read['groups']): Imported[] | undefined {
  if (groups.team.state !== 'known' || imports.some((name) => groups[name].state === 'unknown'))
    return undefined;
  return people.flatMap(({ id, groups: of, gone }): Imported[] => {
    if (gone) return [];
    if (of.includes('team')) return [{ id, state: 'full' }];
    return of.includes('trial') ? [{ id, state: 'trial' }] : [];
  });
}
