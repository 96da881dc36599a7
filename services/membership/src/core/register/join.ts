import { type DecidedBy, type No, no, type PersonId } from '@huismeester/contracts';
import type { Member, NewMemberEvent } from './member.ts';

/** Somebody of whom the team approved. */
export interface Joining {
  readonly person: PersonId;
  readonly state: 'trial' | 'full';
  /** The end of a trial. */
  readonly until?: Date | undefined;
  /** The id of the application. */
  readonly application: string;
  readonly how: DecidedBy;
}

/** Takes somebody into the register (JOIN-1), on trial perhaps (JOIN-3). Refused for who is in it, suspended perhaps. */
export function join(
  member: Member | undefined,
  { person, state, until, application, how }: Joining,
): readonly NewMemberEvent[] | No {
  if (member !== undefined && member.state !== 'former') {
    return no('already-member', 'Who is in the register of the team cannot join it', {
      clause: 'JOIN-1',
      errors: [
        { field: 'person', found: `a member: ${member.state}`, allowed: 'somebody who is not of the team' },
      ],
    });
  }
  const data = {
    person,
    state,
    ...(until && { until: until.toISOString() }),
    application,
    how,
  };
  return [{ type: 'member.joined', subject: `member/${person}`, data }];
}
