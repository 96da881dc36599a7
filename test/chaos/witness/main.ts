import { setTimeout as sleep } from 'node:timers/promises';
import { type EventType, events, type ServiceName, type StoredEvent } from '@huismeester/contracts';
import { migrateSchema, openDatabase, type Tx } from '@huismeester/database';
import { createConsumer, type Handlers, httpSource } from '@huismeester/events';
import { createLogger } from '@huismeester/service';
import { applied, taken, witnessTables } from './schema.ts';

/**
 * A consumer as any other, which only notes what it applies: started with a database and with where the log of each
 * service is read, as JSON. It ends as the others do: by being killed.
 */
interface Orders {
  readonly database: string;
  readonly sources: Readonly<Record<string, { readonly url: string; readonly secret: string }>>;
}

const { database: url, sources }: Orders = JSON.parse(process.argv[2] ?? '');
const logger = createLogger();
const database = await whenThere(() => openDatabase({ url }, { logger, max: 4 }));
const folder = new URL('migrations', import.meta.url);
await whenThere(() => migrateSchema(database, { schema: 'chaos_witness', folder }));
for (const [name, { url, secret }] of Object.entries(sources)) {
  const service = name as ServiceName;
  createConsumer({
    database,
    tables: witnessTables,
    source: httpSource({ service, url, secret, onWake: () => () => {} }),
    handlers: handlersOf(service),
    snapshot: async (tx, { epoch, position }) => {
      await tx.insert(taken).values({ source: service, epoch, position });
    },
    lookEveryMs: 200,
    logger,
  }).start();
}

/** A restart may come while the database is away; whoever starts it does not wait for it. */
async function whenThere<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      logger.warn({ err: error }, 'the database is not there yet');
      await sleep(250);
    }
  }
}

/** The same for every type of event. */
function handlersOf(source: string): Handlers {
  const note = async (tx: Tx, { epoch, position, id, subject, version }: StoredEvent) => {
    await tx.insert(applied).values({ source, epoch, position, id, subject, version });
  };
  return Object.fromEntries((Object.keys(events) as EventType[]).map((type) => [type, note]));
}
