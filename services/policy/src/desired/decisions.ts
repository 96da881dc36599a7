import { type Decision, type EventData, upcastData } from '@huismeester/contracts';
import type { Orm } from '@huismeester/database';
import { and, asc, count, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { eventLog } from '../schema.ts';
import { decisionSubject } from './events.ts';
import { type PowerTarget, partsOf, targetOfNode } from './target.ts';

/** What stands in the log of decisions: those that were made, those that were rehearsed, and those about nodes of before. */
const types = ['desired-state.decided', 'desired-state.rehearsed', 'node-state.decided'] as const;

export interface DecisionFilter {
  readonly target?: PowerTarget;
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
  const where = and(inArray(eventLog.type, [...types]), ...conditions(filter));
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
  const where = and(inArray(eventLog.type, [...types]), eq(eventLog.id, id));
  const [row] = await reader.select().from(eventLog).where(where);
  return row && decisionOf(row);
}

function conditions({ target, state, clause, mode, correlation }: DecisionFilter): (SQL | undefined)[] {
  const dryRun = or(
    eq(eventLog.type, 'desired-state.rehearsed'),
    sql`${eventLog.data} ->> 'mode' = 'dry-run'`,
  );
  return [
    target === undefined ? undefined : inArray(eventLog.subject, subjectsOf(target)),
    correlation === undefined ? undefined : eq(eventLog.correlationId, correlation),
    state === undefined ? undefined : sql`${eventLog.data} ->> 'state' = ${state}`,
    clause === undefined ? undefined : sql`${eventLog.data} ->> 'clause' = ${clause}`,
    mode === undefined ? undefined : mode === 'dry-run' ? dryRun : sql`${eventLog.data} ->> 'mode' = ${mode}`,
  ];
}

/** Also those of before targets had a name in them. */
function subjectsOf(target: PowerTarget): string[] {
  const { kind, id } = partsOf(target);
  return [decisionSubject(target), kind === 'vm' ? `desired-state/${id}` : `node-state/${id}`];
}

function decisionOf(row: typeof eventLog.$inferSelect): Decision {
  const actor = row.actor === null ? {} : { actor: row.actor };
  const base = { id: row.id, time: row.time.toISOString(), correlationid: row.correlationId, ...actor };
  const { type } = row;
  // The log checked the data against the event's schema before it wrote them.
  const data = upcastData(type, row.schemaVersion, row.data);
  if (type === 'desired-state.rehearsed') {
    return { ...base, ...(data as EventData<typeof type>), mode: 'dry-run' };
  }
  if (type === 'node-state.decided') {
    const { id, hypervisor: _, node: __, ...rest } = data as EventData<typeof type>;
    const rule = rest.state === 'hands-off' ? ('none' as const) : ('power' as const);
    return { ...base, target: targetOfNode(id), rule, tier: rule, ...rest };
  }
  return { ...base, ...(data as EventData<'desired-state.decided'>) };
}
