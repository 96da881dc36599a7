import { createLoop, type Logger } from '@huismeester/clock';
import { eventDefinition, type StoredEvent } from '@huismeester/contracts';
import { type Database, isTransient, rows } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { describeError } from './dead-letters.ts';
import type { EventLog } from './log.ts';
import { sendInOrder } from './send-in-order.ts';
import type { EventTables } from './tables.ts';

export interface PublisherOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'publishCursor'>;
  readonly log: EventLog;
  /**
   * Sends one event; rejects while it cannot, and is then called again with the same event. It is called for the next one
   * before it has answered, so it must keep their order, and it must answer at some time.
   */
  readonly publish: (event: StoredEvent) => Promise<void>;
  readonly logger?: Logger;
}

export interface PublisherStatus {
  readonly position: number;
  readonly head: number;
  readonly lag: number;
  readonly lastError?: string;
}

export interface Publisher {
  start(): void;
  status(): PublisherStatus;
  close(): Promise<void>;
}

const pageSize = 1_000;
/** Events that wait for the broker's word at once: with one at a time each would wait for a round trip. */
const mostUnderWay = 256;
/** Between two writes of the cursor: each is a commit, and all it saves is repeating so much after a crash. */
const cursorEveryMs = 200;

/**
 * Sends the log's public events in order, many under way at once, and remembers up to where all arrived; after a
 * failure it goes on from the first that did not. Then, and after a crash, some are sent once more, and none is left out.
 * Long, since its functions share where it is and what it failed of.
 */
export function createPublisher({ database, tables, log, publish, logger }: PublisherOptions): Publisher {
  const cursor = cursorOf(database, tables);
  let position: number | undefined;
  let lastError: string | undefined;

  const sendIfPublic = async (event: StoredEvent): Promise<void> => {
    if (eventDefinition(event.type)?.audience === 'public') await publish(event);
  };
  const publishPage = async (from: number, events: readonly StoredEvent[]): Promise<void> => {
    const sent = await sendInOrder(events, sendIfPublic, { most: mostUnderWay, stopped: () => loop.closing });
    position = events[sent.arrived - 1]?.position ?? from;
    await cursor.writeIfDue(position);
    if ('error' in sent) throw sent.error;
  };
  /** The next page is read while the one before is sent. */
  const publishAll = async (from: number): Promise<void> => {
    let at = from;
    let reading = log.read({ after: at, limit: pageSize, epoch: log.epoch });
    for (let isLast = false; !isLast && !loop.closing; ) {
      const { events } = await reading;
      const end = events.at(-1)?.position ?? at;
      isLast = events.length < pageSize;
      if (!isLast) reading = ahead(log.read({ after: end, limit: pageSize, epoch: log.epoch }));
      await publishPage(at, events);
      lastError = undefined;
      at = end;
    }
  };

  const loop = createLoop({
    // It is woken by each append, and tries again by itself after a failure.
    everyMs: 30_000,
    async pass() {
      position ??= await cursor.read();
      await publishAll(position);
      await cursor.writeIfDue(position);
      return cursor.dueInMs(position);
    },
    onError(error) {
      const reason = describeError(error);
      const isNews = reason !== lastError;
      lastError = reason;
      // A broker may be away for days: once is enough.
      if (isNews) logger?.warn({ err: error, position }, 'events wait to be published');
    },
  });
  const stopListening = log.onAppended(() => loop.wake());

  return {
    start: () => loop.start(),
    status() {
      const head = log.head();
      const at = position ?? 0;
      return { position: at, head, lag: Math.max(0, head - at), ...(lastError && { lastError }) };
    },
    async close() {
      stopListening();
      await loop.close();
      if (position === undefined) return;
      await cursor.write(position).catch((error: unknown) => {
        // What was sent since the cursor was written is sent once more.
        if (!isTransient(error)) throw error;
      });
    },
  };
}

/** Its failure is heard by who awaits it, which nobody does when the page before could not be sent. */
function ahead<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => undefined);
  return reading;
}

/** How far the news got, as the database knows it. */
function cursorOf({ orm }: Database, { publishCursor }: PublisherOptions['tables']) {
  let written = 0;
  let writtenAt = Number.NEGATIVE_INFINITY;
  const write = async (position: number): Promise<void> => {
    if (position === written) return;
    // Nobody waits for it, and losing it costs no more than not having written it: so it need not wait for the disk, which those would
    // wait for behind it who have something to say.
    await orm.execute(sql`
      with relaxed as (select set_config('synchronous_commit', 'off', true))
      insert into ${publishCursor} (position) select ${position}::bigint from relaxed
      on conflict (singleton) do update set position = excluded.position`);
    written = position;
    writtenAt = performance.now();
  };
  const dueInMs = (position: number): number | undefined =>
    position === written ? undefined : Math.max(0, writtenAt + cursorEveryMs - performance.now());
  return {
    dueInMs,
    write,
    async read(): Promise<number> {
      const found = await orm.execute(sql`select position from ${publishCursor}`);
      written = Number(rows<{ position: number | string }>(found)[0]?.position ?? 0);
      return written;
    },
    async writeIfDue(position: number): Promise<void> {
      if (dueInMs(position) === 0) await write(position);
    },
  };
}
