import type { PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import type { Member, NewMemberEvent } from '../core/register/member.ts';
import type { Team } from '../core/team.ts';
import { lockDirectory } from '../people/directory-row.ts';
import { readTeamNow } from './electorate.ts';
import { followRegister, type RegisterDeps } from './follow.ts';
import { members } from './members.ts';
import { teamScope } from './scope.ts';

export interface MemberChange {
  readonly person: PersonId;
  readonly actor: string;
  readonly decide: (member: Member | undefined, team: Team, now: Date) => readonly NewMemberEvent[] | Refusal;
}

/**
 * Changes the register of the team (TEAM-1), and has all else follow it, in the caller's transaction. A {@link Refusal} has written nothing. Whatever
 * else of the team is changed in the same transaction has taken the scope `team` first, as this does: so there is one of it at a time, and its
 * locks cannot be in each other's way. What was appended to the log before it must have locked the directory before that.
 */
export async function changeMember(
  tx: Tx,
  deps: RegisterDeps,
  { person, actor, decide }: MemberChange,
): Promise<Member | undefined | Refusal> {
  const done = await members.handle(tx, {
    log: deps.log,
    id: person,
    actor,
    scope: teamScope,
    // A read of the directory writes roles too: of the two one waits for the other.
    read: async () => {
      await lockDirectory(tx);
      return await readTeamNow(tx);
    },
    decide: (member, team, { now }) => decide(member, team, now),
  });
  if (isRefusal(done)) return done;
  const { state: after, events } = done;
  const isChanged = events.some(({ type }) => changes.has(type));
  if (after && isChanged) await followRegister(tx, deps, { person, state: after.state, actor });
  return after;
}

/** The events after which somebody is in another state. */
const changes: ReadonlySet<string> = new Set([
  'member.joined',
  'member.confirmed',
  'member.suspended',
  'member.reinstated',
  'member.left',
]);
