import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@huismeester/clock';
import { type Database, migrateSchema, openDatabase, rows } from '@huismeester/database';
import { skipWithout, tempDirWithDatabase, testDatabase } from '@huismeester/testkit';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { type EventLog, newEvent, openEventLog } from '../src/index.ts';
import { tables } from './schema.ts';

export interface Store {
  readonly database: Database;
  /** Closes the database and opens it again, as a new process would. */
  reopen(): Promise<void>;
  openLog(): Promise<EventLog>;
}

const kinds = [
  { kind: 'embedded', skip: false, start: startEmbedded },
  { kind: 'PostgreSQL', skip: skipWithout('postgres', 'initdb'), start: startServer },
];

/** Runs a suite on both kinds of database; each test begins with empty tables. */
export function onBothStores(what: string, suite: (store: Store) => void): void {
  for (const { kind, skip, start } of kinds) {
    describe.skipIf(skip)(`${what} on ${kind}`, () => {
      let place: Awaited<ReturnType<typeof start>>;
      let database: Database;
      let empty: SQL;
      beforeAll(async () => {
        place = await start();
        database = await place.open();
        const folder = fileURLToPath(new URL('./migrations', import.meta.url));
        await migrateSchema(database, { schema: 'events-test', folder });
        const made = await database.orm.execute(
          sql`select string_agg(format('delete from %I.%I;', schemaname, tablename), ' ') as deletes from pg_tables where schemaname = 'events-test'`,
        );
        // Not truncated: that makes each file of each table anew, and PGlite takes half a second for it.
        empty = sql.raw(`do $$ begin ${rows<{ deletes: string }>(made)[0]?.deletes} end $$`);
      });
      afterAll(async () => {
        await database.close();
        await place.close();
      });
      beforeEach(async () => {
        await database.orm.execute(empty);
      });
      suite({
        get database() {
          return database;
        },
        async reopen() {
          await database.close();
          database = await place.open();
        },
        openLog: () => openEventLog({ database, tables, service: 'ups-monitor', siteId: 'test' }),
      });
    });
  }
}

async function startEmbedded() {
  const dir = await tempDirWithDatabase('events');
  return {
    open: () => openDatabase({ embedded: { dir: join(dir.path, 'db') } }),
    close: () => dir.remove(),
  };
}

async function startServer() {
  const { url, drop } = await testDatabase();
  return { open: () => openDatabase({ url }, { max: 25 }), close: drop };
}

/** An event of the UPS with this id, whose charge tells it from others. */
export function reading(ups: string, charge_pct = 50) {
  return newEvent('ups.battery-reading', `ups/${ups}`, { ups, on_battery: true, low: false, charge_pct });
}

/** Keeps the messages, and apart those with an error and its stack, for tests that look at what was logged. */
export function keepingLogger(): Logger & { readonly messages: string[]; readonly withStack: string[] } {
  const messages: string[] = [];
  const withStack: string[] = [];
  const keep = (values: object, message: string) => {
    messages.push(message);
    if ('err' in values) withStack.push(message);
  };
  return { messages, withStack, debug: keep, info: keep, warn: keep, error: keep };
}
