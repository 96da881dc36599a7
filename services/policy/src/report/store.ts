import { createHash } from 'node:crypto';
import type { ReportData, ReportResource } from '@huismeester/contracts';
import type { Database, Orm, Tx } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm';
import { toTheEnd } from '../desired/slices.ts';
import { report, reportDelivery } from '../schema.ts';
import { readCollected } from './collected.ts';
import { canonicalPieces } from './core/canonical.ts';
import { iso } from './core/entry.ts';
import { makeReport } from './core/make.ts';
import type { Before, Range } from './core/placing.ts';
import { reportIdOf } from './core/range.ts';
import { forEach, type Steps } from './core/steps.ts';
import { nextMonth } from './next-month.ts';

/** A report that was made and is not stored yet. */
export interface MadeReport {
  readonly id: string;
  readonly range: Range;
  readonly data: ReportData;
  readonly digest: string;
  readonly seqs: Readonly<Record<string, number>>;
}

/** Makes the report of a range of what is collected now: in pages and slices, since the power chain runs in this process. */
export async function makeOf(
  database: Pick<Database, 'orm'>,
  range: Range,
  zone: string,
): Promise<MadeReport> {
  const before = await lastMonthBefore(database.orm, range);
  const { entries, seqs } = await readCollected(database);
  const { value: data } = await toTheEnd(makeReport(entries, range, { zone, before }));
  const { value: digest } = await toTheEnd(digestOf(data));
  return { id: reportIdOf(range, zone), range, data, digest, seqs };
}

function* digestOf(data: ReportData): Steps<string> {
  const hash = createHash('sha256');
  yield* forEach(canonicalPieces(data), (piece) => {
    hash.update(piece);
  });
  return hash.digest('hex');
}

async function lastMonthBefore(orm: Orm, { from }: Range): Promise<Before | undefined> {
  const [last] = await orm
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
