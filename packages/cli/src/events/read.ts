import { EventPage, type ServiceName, type StoredEvent } from '@huismeester/contracts';
import type { Api, Query } from '../api.ts';

/** Which events of a log; each as the API's parameter of that name. */
export interface EventFilter {
  readonly subject?: string | undefined;
  readonly type?: string | undefined;
  readonly correlation?: string | undefined;
}

/** How far a log was read. */
export interface Cursor {
  readonly service: ServiceName;
  readonly epoch: string;
  /** Every event that matters up to here was read. */
  readonly position: number;
  /** The log's head at the last look; what lies before it was there to be read at the next. */
  readonly head: number;
}

export interface Reading {
  readonly events: readonly StoredEvent[];
  readonly cursor: Cursor;
  /** Whether there is more to be read at once. */
  readonly more: boolean;
}

const largestPage = 1000;

/** All events of a log that the filter lets through; oldest first. */
export async function readAll(api: Api, service: ServiceName, filter: EventFilter): Promise<StoredEvent[]> {
  return [...(await readNewest(api, service, filter, Number.POSITIVE_INFINITY)).events];
}

/** The newest `most` events of a log that the filter lets through, oldest first. */
export async function readNewest(
  api: Api,
  service: ServiceName,
  filter: EventFilter,
  most: number,
): Promise<Reading> {
  const filtered = Object.values(filter).some((value) => value !== undefined);
  // A log counts its events without gaps: without a filter the newest ones are found by their positions.
  const from = filtered ? 0 : (await readPage(api, service, { after: 0, limit: 1 })).head - most;
  let reading = await readAfter(api, service, filter, Math.max(0, from));
  let events = reading.events;
  while (reading.more) {
    reading = await readOn(api, reading.cursor, filter);
    events = [...events, ...reading.events].slice(-most);
  }
  return { ...reading, events: events.slice(-most) };
}

/** Events by their ids, as far as they stand after a position and no later than a moment. */
export async function findEvents(
  api: Api,
  service: ServiceName,
  ids: ReadonlySet<string>,
  { after, until }: { readonly after: number; readonly until: Date },
): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  let reading = await readAfter(api, service, {}, after);
  for (;;) {
    found.push(...reading.events.filter(({ id }) => ids.has(id)));
    const last = reading.events.at(-1);
    if (!reading.more || !last || new Date(last.time) > until || found.length === ids.size) return found;
    reading = await readOn(api, reading.cursor, {});
  }
}

/** The first events after a position, at most `limit`. */
export async function readAfter(
  api: Api,
  service: ServiceName,
  filter: EventFilter,
  after: number,
  limit = largestPage,
): Promise<Reading> {
  const { epoch, head, events } = await readPage(api, service, { ...filter, after, limit });
  const position = events.at(-1)?.position ?? after;
  return { events, cursor: { service, epoch, position, head }, more: events.length === limit };
}

/** What came since the cursor. Throws {@link Refused} (wrong-epoch, position-gone) when the log was replaced by another. */
export async function readOn(api: Api, cursor: Cursor, filter: EventFilter): Promise<Reading> {
  const { service, epoch, position } = cursor;
  const page = await readPage(api, service, { ...filter, epoch, after: position, limit: largestPage });
  const more = page.events.length === largestPage;
  const last = page.events.at(-1)?.position ?? position;
  // The head of the last look, never the one of this answer: an event may have been appended between the two.
  const sure = more ? last : Math.max(last, cursor.head);
  return { events: page.events, cursor: { service, epoch, position: sure, head: page.head }, more };
}

function readPage(api: Api, service: ServiceName, query: Query): Promise<EventPage> {
  return api.get(`/api/v1/${service}/events`, EventPage, { query });
}

/** Events of several logs as one row by time; within a log they stay in the order of their positions. */
export function mergeByTime(logs: readonly (readonly StoredEvent[])[]): StoredEvent[] {
  const queues = logs.map((events) => [...events]);
  const merged: StoredEvent[] = [];
  for (;;) {
    const heads = queues.filter((queue) => queue.length > 0);
    const first = heads.reduce<StoredEvent[] | undefined>(
      (oldest, queue) => (oldest && timeOf(oldest) <= timeOf(queue) ? oldest : queue),
      undefined,
    );
    const event = first?.shift();
    if (!event) return merged;
    merged.push(event);
  }
}

function timeOf(queue: readonly StoredEvent[]): number {
  return Date.parse(queue[0]?.time ?? '');
}
