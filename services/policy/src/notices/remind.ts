import type { Database } from '@huismeester/database';
import { and, eq, gt, inArray } from 'drizzle-orm';
import { notice as table, violation } from '../schema.ts';
import { keyOf } from '../violations/violation.ts';
import { queueNotices, violationNotices } from './queue.ts';
import { wholeTeam } from './says.ts';
import { againMs } from './schedule.ts';

/** Queues what is open for longer than a week, and was not said for as long, for the next digest of the team. */
export async function remind(database: Database, now: Date): Promise<void> {
  const since = new Date(now.getTime() - againMs);
  await database.transaction(async (tx) => {
    const open = (await tx.select().from(violation)).filter(
      (each) => each.since <= since && each.accepted === null,
    );
    if (open.length === 0) return;
    const recent = await tx
      .select({ kind: table.kind, subject: table.subject, says: table.says })
      .from(table)
      .where(
        and(
          eq(table.person, wholeTeam),
          gt(table.queuedAt, since),
          inArray(
            table.subject,
            open.map(({ subject }) => subject),
          ),
        ),
      );
    const said = new Set(recent.map(({ kind, subject, says: { cause } }) => keyOf({ kind, subject, cause })));
    const day = now.toISOString().slice(0, 10);
    const moments = new Map(open.map(({ id, found }) => [found, `${id} ${day}`]));
    const again = violationNotices([...moments.keys()], moments).filter((each) => !said.has(keyOf(each)));
    await queueNotices(tx, again, now);
  });
}
