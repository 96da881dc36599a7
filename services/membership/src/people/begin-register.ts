import type { Tx } from '@huismeester/database';
import type { DirectoryRead } from '@huismeester/directory';
import { type NewEvent, newEvent } from '@huismeester/events';
import { importTeam, trialMs } from '../core/import-team.ts';
import type { KnownPerson } from '../core/known.ts';
import { member } from '../schema.ts';

/**
 * Takes the team into the register as the directory has it, without votes (TEAM-1), and gives the events of it; undefined while it cannot be
 * told who is of the team.
 */
export async function beginRegister(
  tx: Tx,
  { people, groups, at }: { people: readonly KnownPerson[]; groups: DirectoryRead['groups']; at: Date },
): Promise<NewEvent[] | undefined> {
  const imported = importTeam(people, groups);
  if (imported === undefined) return undefined;
  const rows = imported.map(({ id, state }) => ({
    id,
    // Of the event below, the first of each.
    version: 1,
    state,
    since: at,
    until: state === 'trial' ? new Date(at.getTime() + trialMs) : null,
  }));
  if (rows.length > 0) await tx.insert(member).values(rows);
  return rows.map(({ id, state, until }) =>
    newEvent('member.imported', `member/${id}`, {
      person: id,
      state,
      ...(until && { until: until.toISOString() }),
    }),
  );
}
