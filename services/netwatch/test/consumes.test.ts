import type { EventOf, NodeEntity, Snapshot } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { type TestDatabase, testDatabase } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromVmLifecycle } from '../src/consumes/vm-lifecycle.ts';
import { outside } from '../src/schema.ts';

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await testDatabase();
  database = await openDatabase({ url: place.url });
  await migrateSchema(database, { schema: 'netwatch', folder: new URL('../migrations', import.meta.url) });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

test('a snapshot does not have when a node went: what its event said of that stays while the node is away', async () => {
  const time = '2026-11-30T12:00:00.000Z';
  const data: NodeEntity = { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: false };
  const event = { type: 'node.offline', time, data } as unknown as EventOf<'node.offline'>;
  const entity = { subject: 'node/pve-pve1', version: 1, state: data };
  const snapshot = { entities: [entity] } as unknown as Snapshot;
  await database.transaction((tx) => fromVmLifecycle.handlers['node.offline'](tx, event));
  await database.transaction((tx) => fromVmLifecycle.snapshot(tx, snapshot));
  const [row] = await database.orm.select().from(outside);
  expect(row?.state).toMatchObject({ online: false, since: Date.parse(time) });
});
