import { eventDefinition, type StoredEvent } from '@huismeester/contracts';
import { type Database, type Logger, rows } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import type { EventLog } from './log.ts';
import { createLoop } from './loop.ts';
import type { EventTables } from './tables.ts';

export interface PublisherOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'publishCursor'>;
  readonly log: EventLog;
  /** Sends one event; rejects while it cannot, and is then called again with the same event. */
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

const pageSize = 500;

/** Sends the log's public events in order, and remembers how far it got; after a crash some are sent once more. */
export function createPublisher({ database, tables, log, publish, logger }: PublisherOptions): Publisher {
  const cursor = cursorOf(database, tables);
  let position: number | undefined;
  let lastError: string | undefined;

  const publishPage = async (from: number): Promise<boolean> => {
    const { events } = await log.read({ after: from, limit: pageSize });
    try {
      for (const event of events) {
        if (loop.closing) break;
        if (eventDefinition(event.type)?.audience === 'public') await publish(event);
        position = event.position;
      }
    } finally {
      if (position !== undefined && position > from) await cursor.write(position);
    }
    return events.length > 0;
  };

  const loop = createLoop({
    everyMs: 1_000,
    async pass() {
      position ??= await cursor.read();
      while (!loop.closing && (await publishPage(position))) lastError = undefined;
      lastError = undefined;
      return undefined;
    },
    onError(error) {
      lastError = String(error);
      logger?.warn({ err: error, position }, 'events wait to be published');
    },
  });
  const stopListening = log.onAppended(() => loop.wake());

  return {
    start: () => loop.start(),
    status() {
      const head = log.head();
      const at = position ?? 0;
      return { position: at, head, lag: Math.max(0, head - at), ...(lastError ? { lastError } : {}) };
    },
    async close() {
      stopListening();
      await loop.close();
    },
  };
}

function cursorOf({ orm }: Database, { publishCursor }: PublisherOptions['tables']) {
  return {
    async read(): Promise<number> {
      const found = await orm.execute(sql`select position from ${publishCursor}`);
      return Number(rows<{ position: number | string }>(found)[0]?.position ?? 0);
    },
    async write(position: number): Promise<void> {
      await orm.execute(
        sql`insert into ${publishCursor} (position) values (${position}) on conflict (singleton) do update set position = excluded.position`,
      );
    },
  };
}
