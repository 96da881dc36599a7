import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { testDatabase } from '@huismeester/testkit';
import { createStore, type Store } from '../src/adapters/store.ts';
import { tables } from '../src/schema.ts';

export interface StoreUnderTest {
  readonly database: Database;
  readonly store: Store;
  /** Forgets all that was stored. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** netwatch's store, on a database of its own. */
export async function openStore(): Promise<StoreUnderTest> {
  const place = await testDatabase();
  const database = await openDatabase({ url: place.url });
  await migrateSchema(database, { schema: 'netwatch', folder: new URL('../migrations', import.meta.url) });
  const log = await openEventLog({ database, tables, service: 'netwatch', siteId: 'test' });
  return {
    database,
    store: createStore(database, log),
    async empty() {
      await database.orm.execute(
        'truncate netwatch.thing, netwatch.memory, netwatch.incident, netwatch.span, netwatch.own, netwatch.alive',
      );
    },
    async close() {
      await database.close();
      await place.drop();
    },
  };
}
