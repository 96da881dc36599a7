import { type No, no, type PersonId, type Role } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Team } from '../team.ts';

/** A person who asks; a token that is nobody's never comes so far. */
export interface Asker {
  readonly person: PersonId;
  readonly roles: readonly Static<typeof Role>[];
}

/** A full member by role and register both; root, who acts for a person, by the register. */
export function isFullMember({ person, roles }: Asker, { full }: Pick<Team, 'full'>): boolean {
  return full.has(person) && (roles.includes('infrateam') || roles.includes('administrator'));
}

/** A member of the board, in the team or not; root, who acts for a person, by the directory. */
export function isBoardMember({ person, roles }: Asker, { ofBoard }: Pick<Team, 'ofBoard'>): boolean {
  return ofBoard.has(person) && (roles.includes('board') || roles.includes('administrator'));
}

/** Who asks is not who may. */
export function notAllowed(title: string, { roles }: Asker, more: { clause: string; allowed: string }): No {
  const { clause, allowed } = more;
  const found = roles.length === 0 ? 'no role' : roles.join(', ');
  return no('not-allowed', title, { clause, errors: [{ field: 'person', found, allowed }] });
}

/** Who asks has to be a full member; undefined when they are. */
export function needsFullMember(asker: Asker, team: Pick<Team, 'full'>, clause: string): No | undefined {
  if (isFullMember(asker, team)) return undefined;
  return notAllowed('Only a full member of the team may do this', asker, {
    clause,
    allowed: 'a full member of the team, by register and directory both',
  });
}
