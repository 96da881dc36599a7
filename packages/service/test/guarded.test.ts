import { type Database, DatabaseUnavailable, migrateSchema, openDatabase } from '@huismeester/database';
import { newEvent, openEventLog } from '@huismeester/events';
import { type TestDatabase, testDatabase } from '@huismeester/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guarded } from '../src/leadership/guarded.ts';
import { tables } from './sample/schema.ts';

let place: TestDatabase;
let open: Database;
let leads: boolean;
beforeEach(async () => {
  place = await testDatabase();
  open = await openDatabase({ url: place.url });
  const folder = new URL('sample/migrations', import.meta.url);
  await migrateSchema(open, { schema: 'sample', folder });
  leads = true;
});
afterEach(async () => {
  await open.close();
  await place.drop();
});

for (const last of [false, true]) {
  test(`what was begun as leader is not committed when leadership is lost meanwhile, last: ${last}`, async () => {
    const database = guarded(open, () => leads);
    const log = await openEventLog({ database, tables, service: 'ups-monitor', siteId: 'test' });
    const append = (during: () => void) =>
      database.transaction(async (tx) => {
        await tx.select().from(tables.eventLog);
        during();
        await log.append(tx, [newEvent('ups.replace-battery', 'ups/rack', { ups: 'rack' })], { last });
      });
    await append(() => undefined);
    const lose = () => {
      leads = false;
    };
    await expect(append(lose)).rejects.toBeInstanceOf(DatabaseUnavailable);
    leads = true;
    expect((await log.read({ after: 0, limit: 10 })).events).toHaveLength(1);
    await append(() => undefined);
    expect((await log.read({ after: 0, limit: 10 })).events).toHaveLength(2);
  });
}
