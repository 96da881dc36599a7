import type { EventPage } from '@huismeester/contracts';
import { type Database, rows } from '@huismeester/database';
import { type SQL, sql } from 'drizzle-orm';
import { PositionGone, WrongEpoch } from './errors.ts';
import { type EventRow, type Origin, toStoredEvent } from './stored-event.ts';
import type { EventTables } from './tables.ts';

export interface ReadQuery {
  /** The position after which to begin. */
  readonly after: number;
  readonly limit: number;
  /** The epoch that the reader knows, if any. */
  readonly epoch?: string;
  readonly subject?: string;
  readonly type?: string;
  readonly correlation?: string;
  /** Of whoever did it, or whom it is about: the id of a person. */
  readonly person?: string;
}

/** Throws {@link WrongEpoch} when the reader knows another epoch than the log has. */
export function checkEpoch({ epoch }: ReadQuery, origin: Origin): void {
  if (epoch === undefined || epoch === origin.epoch) return;
  throw new WrongEpoch(`the log of ${origin.service} has epoch ${origin.epoch}, not ${epoch}`);
}

/**
 * Committed events in order, and the head of the same moment: one statement. Throws {@link PositionGone} as `EventLog.read`
 * says; the epoch is checked before.
 */
export async function readPage(
  database: Database,
  { eventLog, logHead }: Pick<EventTables, 'eventLog' | 'logHead'>,
  query: ReadQuery,
  origin: Origin,
): Promise<EventPage> {
  const { after, limit } = query;
  const { service } = origin;
  const found = rows<HeadRow & (EventRow | { id: null })>(
    await database.orm.execute(sql`
      select h.position as head, h.horizon, e.* from ${logHead} h left join lateral (
        select position, id, type, schema_version, subject, version, time, actor, correlation_id, causation_id, data
        from ${eventLog} where ${filter(query, logHead)} order by position limit ${limit}) e on true
      order by e.position`),
  );
  const [head, horizon] = [Number(found[0]?.head ?? 0), Number(found[0]?.horizon ?? 0)];
  if (after > head) {
    throw new PositionGone(`the log of ${service} ends at ${head}; there is no position ${after}`);
  }
  if (isFollowing(query) && after < horizon) {
    throw new PositionGone(
      `the log of ${service} is kept from ${horizon + 1} on; what follows ${after} is gone`,
    );
  }
  return {
    epoch: origin.epoch,
    head,
    events: found.flatMap((row) => (row.id === null ? [] : [toStoredEvent(row, origin)])),
  };
}

interface HeadRow {
  readonly head: number | string;
  readonly horizon: number | string;
}

/** Whether somebody follows the whole log, and knows its epoch; whoever looks into it sees what there still is. */
export function isFollowing(query: ReadQuery): boolean {
  return query.epoch !== undefined && !isFiltered(query);
}

function isFiltered({ subject, type, correlation, person }: ReadQuery): boolean {
  return [subject, type, correlation, person].some((each) => each !== undefined);
}

/** Below the horizon some events are left, with gaps between them: only who looks for certain ones sees those. */
function filter(query: ReadQuery, logHead: EventTables['logHead']): SQL {
  const { after, subject, type, correlation, person } = query;
  // Asked by itself and not of the row beside it: then it is known before the events are looked up; it is twice as fast.
  if (!isFiltered(query)) return sql`position > greatest(${after}, (select horizon from ${logHead}))`;
  const conditions = [sql`position > ${after}`];
  if (subject !== undefined) conditions.push(sql`subject = ${subject}`);
  if (type !== undefined) conditions.push(sql`type = ${type}`);
  if (correlation !== undefined) conditions.push(sql`correlation_id = ${correlation}`);
  if (person !== undefined) conditions.push(ofPerson(person));
  return sql.join(conditions, sql` and `);
}

/** Root may have done it for the person; subjects of people end in their ids. */
function ofPerson(id: string): SQL {
  return sql`(actor = ${`person:${id}`} or actor like ${`% for person:${id}`} or subject like ${`%/${id}`} or data->>'person' = ${id} or data->>'about' = ${`person/${id}`})`;
}
