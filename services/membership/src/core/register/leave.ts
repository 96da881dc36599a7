import { type No, no, type PersonId } from '@huismeester/contracts';
import type { Team } from '../team.ts';
import { type Asker, notAllowed } from './asker.ts';
import { needsName, type Typed } from './board.ts';
import type { Member, NewMemberEvent } from './member.ts';

/** Whether somebody is of the team, suspended perhaps. */
export function isInRegister(member: Member | undefined): member is Member {
  return member !== undefined && member.state !== 'former';
}

export function notAMember(member: Member | undefined): No {
  return no('not-a-member', 'This person is not in the register of the team', {
    clause: 'TEAM-1',
    errors: [
      {
        field: 'params.person',
        found: member === undefined ? 'nobody in the register' : 'a former member',
        allowed: 'a member on trial, full or suspended, as GET /team lists them',
      },
    ],
  });
}

interface Leaving extends Typed {
  readonly person: PersonId;
  readonly asker: Asker;
  readonly team: Pick<Team, 'board'>;
}

/** Somebody leaves the team by themselves, at once, while suspended too (TEAM-1). */
export function leave(
  member: Member | undefined,
  { person, asker, team, ...typed }: Leaving,
): readonly NewMemberEvent[] | No {
  if (asker.person !== person) {
    const allowed = 'the person; two full members, or a board member, end a membership';
    return notAllowed('Nobody leaves for another', asker, { clause: 'TEAM-1', allowed });
  }
  if (!isInRegister(member)) return notAMember(member);
  const refused = needsName(person, team, typed);
  if (refused) return refused;
  return [{ type: 'member.left', subject: `member/${person}`, data: { person, how: 'left', by: [person] } }];
}
