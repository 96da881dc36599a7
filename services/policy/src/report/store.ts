import { createHash } from 'node:crypto';
import type { ReportData, ReportResource } from '@huismeester/contracts';
import { type Database, type Orm, rows, type Tx } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import { and, asc, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import { report, reportDelivery, reportEntry } from '../schema.ts';
import { canonical } from './core/canonical.ts';
import { type Entry, iso } from './core/entry.ts';
import { makeReport } from './core/make.ts';
import type { Before, Range } from './core/placing.ts';
import { reportIdOf } from './core/range.ts';
import { nextMonth } from './next-month.ts';

/** A report that was made and is not stored yet. */
export interface MadeReport {
  readonly id: string;
  readonly range: Range;
  readonly data: ReportData;
  readonly digest: string;
  readonly seqs: Readonly<Record<string, number>>;
}

/** Makes the report of a range of what is collected now. */
export async function makeOf(
  { transaction }: Pick<Database, 'transaction'>,
  range: Range,
  zone: string,
): Promise<MadeReport> {
  const { entries, before } = await transaction(
    async (tx) => ({ entries: await collected(tx), before: await lastMonthBefore(tx, range) }),
    { isolation: 'repeatable read', readOnly: true },
  );
  const data = makeReport(entries, range, { zone, before });
  const seqs: Record<string, number> = {};
  for (const { source, seq } of entries) seqs[source] = Math.max(seqs[source] ?? 0, seq);
  return {
    id: reportIdOf(range, zone),
    range,
    data,
    digest: createHash('sha256').update(canonical(data)).digest('hex'),
    seqs,
  };
}

/** In plain rows: there may be a hundred thousand. */
async function collected(tx: Tx): Promise<Entry[]> {
  const found = await tx.execute(sql`
    select seq::float8 as seq, source, round(extract(epoch from time) * 1000)::float8 as time, type, subject,
      is_state as "isState", data from ${reportEntry} order by seq`);
  // As the readers have written it.
  return rows<Entry>(found);
}

async function lastMonthBefore(tx: Tx, { from }: Range): Promise<Before | undefined> {
  const [last] = await tx
    .select({ to: report.to, seqs: report.seqs })
    .from(report)
    .where(and(eq(report.how, 'monthly'), lte(report.to, new Date(from))))
    .orderBy(desc(report.to))
    .limit(1);
  return last && { to: last.to.getTime(), seqs: last.seqs };
}

/**
 * Stores a report, with its event; false where there is one of that range already. That of the month that is next is the monthly one, whoever asked for
 * it; what is asked for of other days goes to nobody by itself.
 */
export async function storeReport(
  tx: Tx,
  log: EventLog,
  { id, range, data, digest, seqs }: MadeReport,
  { now, actor, zone }: { readonly now: Date; readonly actor: string; readonly zone: string },
): Promise<boolean> {
  const next = await nextMonth(tx, zone);
  const isNext = next?.from === range.from && next.to === range.to;
  const how = isNext ? ('monthly' as const) : ('on-demand' as const);
  const values = {
    id,
    from: new Date(range.from),
    to: new Date(range.to),
    how,
    made: now,
    digest,
    data,
    seqs,
  };
  const stored = await tx.insert(report).values(values).onConflictDoNothing().returning({ id: report.id });
  if (stored.length === 0) return false;
  const about = { report: id, from: iso(range.from), to: iso(range.to), how, digest };
  await log.append(tx, [newEvent('report.made', `report/${id}`, about, { actor })]);
  return true;
}

/** Reports as REST shows them, oldest first; `ids`: these alone. */
export async function readReports(orm: Orm | Tx, ids?: readonly string[]): Promise<ReportResource[]> {
  const [found, deliveries] = [
    await orm
      .select()
      .from(report)
      .where(ids && inArray(report.id, [...ids]))
      .orderBy(asc(report.from), asc(report.id)),
    await orm
      .select()
      .from(reportDelivery)
      .where(ids && inArray(reportDelivery.report, [...ids]))
      .orderBy(asc(reportDelivery.to)),
  ];
  return found.map(({ id, how, made, digest, data, forwardedBy, forwardedAt }) => ({
    id,
    how,
    made: made.toISOString(),
    digest,
    deliveries: deliveries
      .filter((each) => each.report === id)
      .map(({ to, state, at, because, code, deliveredAt }) => ({
        to,
        state,
        at: at.toISOString(),
        ...(because !== null && { because }),
        ...(code !== null && { code }),
        ...(deliveredAt && { delivered: deliveredAt.toISOString() }),
      })),
    ...(forwardedBy !== null &&
      forwardedAt !== null && { forwarded: { by: forwardedBy, at: forwardedAt.toISOString() } }),
    data,
  }));
}
