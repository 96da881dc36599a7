import type { Tx } from '@huismeester/database';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Team } from '../core/team.ts';
import { member, person } from '../schema.ts';

/**
 * Reads who decides about the team. Under the scope `team` the register stays so until the commit; the board does where `lockDirectory` was called
 * before.
 */
export async function readTeamNow(tx: Pick<Tx, 'select'>): Promise<Team> {
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
