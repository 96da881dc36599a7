import { type Decision, type EventData, upcastData } from '@huismeester/contracts';
import type { Orm } from '@huismeester/database';
import { and, asc, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import { eventLog } from './schema.ts';

const type = 'desired-state.decided';

interface DecisionFilter {
  readonly vm?: string;
  readonly state?: string;
  readonly clause?: string;
  readonly mode?: string;
  readonly correlation?: string;
  readonly limit: number;
  readonly offset: number;
  readonly order: string;
}

/** A page of the decisions, straight from the log: they are its events, kept for good. */
export async function listDecisions(
  reader: Orm,
  filter: DecisionFilter,
): Promise<{ results: Decision[]; count: number }> {
  const where = and(eq(eventLog.type, type), ...conditions(filter));
  const direction = filter.order.startsWith('-') ? desc : asc;
  const rows = await reader
    .select()
    .from(eventLog)
    .where(where)
    .orderBy(direction(eventLog.position))
    .limit(filter.limit)
    .offset(filter.offset);
  const [total] = await reader.select({ count: count() }).from(eventLog).where(where);
  return { results: rows.map(decisionOf), count: total?.count ?? 0 };
}

/** One decision by the id of its event. */
export async function decisionById(reader: Orm, id: string): Promise<Decision | undefined> {
  const [row] = await reader
    .select()
    .from(eventLog)
    .where(and(eq(eventLog.type, type), eq(eventLog.id, id)));
  return row && decisionOf(row);
}

function conditions({ vm, state, clause, mode, correlation }: DecisionFilter): SQL[] {
  const ofData = { state, clause, mode };
  return [
    ...(vm === undefined ? [] : [eq(eventLog.subject, `desired-state/${vm}`)]),
    ...(correlation === undefined ? [] : [eq(eventLog.correlationId, correlation)]),
    ...Object.entries(ofData).flatMap(([key, value]) =>
      value === undefined ? [] : [sql`${eventLog.data} ->> ${key} = ${value}`],
    ),
  ];
}

function decisionOf(row: typeof eventLog.$inferSelect): Decision {
  // The log checked the data against the event's schema, of whatever number it was then, before it wrote them.
  const data = upcastData(type, row.schemaVersion, row.data) as EventData<typeof type>;
  const actor = row.actor === null ? {} : { actor: row.actor };
  return { id: row.id, time: row.time.toISOString(), correlationid: row.correlationId, ...actor, ...data };
}
