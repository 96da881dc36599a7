import { randomUUID } from 'node:crypto';
import type { Database, Orm, Tx } from '@huismeester/database';
import { and, eq, inArray, lte } from 'drizzle-orm';
import { member, notice as table } from '../schema.ts';
import type { NoticeRow } from './due.ts';
import type { NoticePlan } from './plan.ts';
import { targets, wholeTeam } from './says.ts';

/** Until somebody of the team is known, it is looked again this often, and for a day. */
const againMs = 10_000;
const waitMs = 24 * 60 * 60_000;

/** Those who get what goes to the team: full members, and members on trial. */
export async function teamOf(orm: Orm | Tx): Promise<string[]> {
  return (await orm.select().from(member)).flatMap(({ key, state }) =>
    state.state === 'full' || state.state === 'trial' ? [key] : [],
  );
}

/** Gives each of the team, and each target that settings name, a row of their own of what goes to the team; the row itself is over then. */
export async function fanOut(
  { database, hasDirectory }: { database: Database; hasDirectory: boolean },
  plan: NoticePlan,
  now: Date,
): Promise<void> {
  await database.transaction(async (tx) => {
    const toTeam = and(eq(table.state, 'queued'), eq(table.person, wholeTeam));
    if ((await tx.$count(table, and(toTeam, lte(table.nextAt, now)))) === 0) return;
    const team = await teamOf(tx);
    // All that wait for the team go together, whenever each would be looked at again.
    const rows = await tx.select().from(table).where(toTeam).orderBy(table.id).for('update');
    // The register was not read yet.
    const waits = (row: NoticeRow) =>
      hasDirectory && team.length === 0 && now.getTime() - row.queuedAt.getTime() < waitMs;
    const ids = (some: readonly NoticeRow[]) => some.map(({ id }) => id);
    const [waiting, ready] = [rows.filter(waits), rows.filter((row) => !waits(row))];
    if (waiting.length > 0) {
      const nextAt = new Date(now.getTime() + againMs);
      await tx
        .update(table)
        .set({ nextAt })
        .where(inArray(table.id, ids(waiting)));
    }
    if (ready.length === 0) return;
    const to = [...team, ...targets.filter((each) => plan.targets[each] !== undefined)];
    const values = ready.flatMap((row) =>
      // As if the team had been known when it was queued: it goes with the first digest since.
      to.map((person) => ({ ...row, id: randomUUID(), person, nextAt: row.queuedAt })),
    );
    for (let at = 0; at < values.length; at += 1_000) {
      await tx
        .insert(table)
        .values(values.slice(at, at + 1_000))
        .onConflictDoNothing();
    }
    await tx
      .update(table)
      .set({ state: 'handed', endedAt: now, nextAt: null })
      .where(inArray(table.id, ids(ready)));
  });
}
