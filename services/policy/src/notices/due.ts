import type { Orm, Tx } from '@huismeester/database';
import { and, asc, eq, inArray, lte, min, ne } from 'drizzle-orm';
import { notice as table, violation } from '../schema.ts';
import type { NoticePlan } from './plan.ts';
import { violationPrefix, wholeTeam } from './says.ts';
import { digestTime } from './schedule.ts';

export type NoticeRow = typeof table.$inferSelect;

/** One message: to one person or target, of one notice or of those of a digest. */
export interface Group {
  readonly to: string;
  readonly rows: readonly [NoticeRow, ...NoticeRow[]];
}

/** To so many people is sent in one round: of each all that is due, since what is left over would be another digest. */
const most = 100;

/**
 * What is to be sent now, a group for each message. One that was tried keeps its rows and its Message-ID: a repeat is the same message. Rows of a digest
 * whose time has not come are put off until then.
 */
export async function dueGroups(orm: Orm, plan: NoticePlan, now: Date): Promise<Group[]> {
  const isDue = and(eq(table.state, 'queued'), ne(table.person, wholeTeam), lte(table.nextAt, now));
  const people = orm
    .select({ person: table.person })
    .from(table)
    .where(isDue)
    .groupBy(table.person)
    .orderBy(min(table.nextAt), asc(table.person))
    .limit(most);
  const found = await orm
    .select()
    .from(table)
    .where(and(isDue, inArray(table.person, people)))
    .orderBy(asc(table.nextAt), asc(table.queuedAt), asc(table.id));
  const groups = new Map<string, [NoticeRow, ...NoticeRow[]]>();
  for (const row of found) {
    const at = waitsUntil(row, plan);
    if (at > now.getTime()) {
      await orm
        .update(table)
        .set({ nextAt: new Date(at) })
        .where(eq(table.id, row.id));
      continue;
    }
    const key = row.message ?? (row.urgency === 'now' ? row.id : `digest ${row.person}`);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((rows) => ({ to: rows[0].person, rows }));
}

/** Of a digest that was not put together yet: when that is, ms since 1970. */
function waitsUntil({ urgency, message, attempts, queuedAt, nextAt }: NoticeRow, plan: NoticePlan): number {
  if (urgency === 'now' || message !== null || attempts > 0) return 0;
  // It was put off to that time already, or queued just now.
  if (nextAt !== null && nextAt > queuedAt) return 0;
  return digestTime(queuedAt.getTime(), plan.digestAt);
}

/** Those whose violation is not open any more, or is accepted: they are not true any more. */
export async function overRows(orm: Orm | Tx, rows: readonly NoticeRow[]): Promise<ReadonlySet<NoticeRow>> {
  const about = rows.filter(({ kind, message }) => kind.startsWith(violationPrefix) && message === null);
  if (about.length === 0) return new Set();
  const idOf = ({ moment }: NoticeRow) => moment.split(' ')[0] ?? '';
  const open = await orm
    .select({ id: violation.id, accepted: violation.accepted })
    .from(violation)
    .where(inArray(violation.id, [...new Set(about.map(idOf))]));
  const still = new Set(open.flatMap(({ id, accepted }) => (accepted === null ? [id] : [])));
  return new Set(about.filter((row) => !still.has(idOf(row))));
}
