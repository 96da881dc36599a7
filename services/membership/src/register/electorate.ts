import type { PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { member, person } from '../schema.ts';

/** Who decides about the team now, by the register and the last complete read of the directory. */
export interface TeamNow {
  /** Full members, by the register alone: who administers the directory cannot make them fewer (JOIN-1). */
  readonly full: ReadonlySet<PersonId>;
  /** Board members in the team, on trial or full, whose account is there and enabled (JOIN-2, BOARD-1). */
  readonly board: ReadonlySet<PersonId>;
  /** Everybody of the board whose account is there and enabled, in the team or not. */
  readonly ofBoard: ReadonlySet<PersonId>;
}

/**
 * Reads who decides about the team. Under the scope `team` the register stays so until the commit; the board does where `lockDirectory` was called
 * before.
 */
export async function readTeamNow(tx: Pick<Tx, 'select'>): Promise<TeamNow> {
  const members = await tx
    .select({ id: member.id, state: member.state })
    .from(member)
    .where(inArray(member.state, ['trial', 'full']));
  const isOfBoard = sql`${person.groups} @> '["board"]'::jsonb`;
  const ofBoard = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.enabled, true), isNull(person.goneAt), isOfBoard));
  const inTeam = new Set(members.map(({ id }) => id));
  return {
    full: new Set(members.flatMap(({ id, state }) => (state === 'full' ? [id] : []))),
    board: new Set(ofBoard.flatMap(({ id }) => (inTeam.has(id) ? [id] : []))),
    ofBoard: new Set(ofBoard.map(({ id }) => id)),
  };
}
