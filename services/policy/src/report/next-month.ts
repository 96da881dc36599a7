import type { Orm, Tx } from '@huismeester/database';
import { and, eq, gte, min, sql } from 'drizzle-orm';
import { report, reportEntry } from '../schema.ts';
import type { Range } from './core/placing.ts';
import { monthOf } from './core/range.ts';

/** The first month of which there is no monthly report, from the one on in which collecting began: the next that is made. Undefined before that. */
export async function nextMonth(reader: Orm | Tx, zone: string): Promise<Range | undefined> {
  const [first] = await reader
    .select({ time: min(reportEntry.time) })
    .from(reportEntry)
    // In the statement itself, so that the index of these is used.
    .where(sql`type = 'source.read'`);
  if (!first?.time) return undefined;
  let month = monthOf(first.time.getTime(), zone);
  const made = await reader
    .select({ from: report.from })
    .from(report)
    .where(and(eq(report.how, 'monthly'), gte(report.from, new Date(month.from))));
  const known = new Set(made.map(({ from }) => from.getTime()));
  while (known.has(month.from)) month = monthOf(month.to, zone);
  return month;
}
