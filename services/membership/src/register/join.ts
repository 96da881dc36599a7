import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import { type Joining, join } from '../core/register/join.ts';
import { changeMember } from './change.ts';
import type { RegisterDeps } from './follow.ts';

/**
 * Takes somebody into the register of the team, in the transaction that carries out their application: roles, and what the groups of the directory
 * are to get, follow in it. Whoever appended to the log before, in this transaction, has taken the scope `team` and called `lockDirectory`
 * before that. Refused (`already-member`) for who is in the register and has not left.
 */
export async function joinTeam(
  tx: Tx,
  deps: RegisterDeps,
  { actor, ...joining }: Joining & { readonly actor: string },
): Promise<Refusal | undefined> {
  const { person } = joining;
  const done = await changeMember(tx, deps, { person, actor, decide: (member) => join(member, joining) });
  return isRefusal(done) ? done : undefined;
}
