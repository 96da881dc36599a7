import type { Database } from '@huismeester/database';
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Notice } from '../rules/define.ts';
import { notice as table, violation } from '../schema.ts';
import { queueNotices } from './queue.ts';
import { violationPrefix, wholeTeam } from './says.ts';
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
      .select({ kind: table.kind, subject: table.subject })
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
    const said = new Set(recent.map(({ kind, subject }) => `${kind} ${subject}`));
    const again = open.flatMap(({ id, found: { kind, subject, severity, clause, reasons } }): Notice[] => {
      const named = `${violationPrefix}${kind}`;
      if (said.has(`${named} ${subject}`)) return [];
      const moment = `${id} ${now.toISOString().slice(0, 10)}`;
      return [{ kind: named, subject, moment, to: 'team', urgency: 'digest', severity, clause, reasons }];
    });
    await queueNotices(tx, again, now);
  });
}
