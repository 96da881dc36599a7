import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { type TestDatabase, testDatabase } from '@huismeester/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStore, type Store } from '../src/adapters/store.ts';
import type { Changes } from '../src/core/draft.ts';
import type { Incident } from '../src/core/incident.ts';
import { tables } from '../src/schema.ts';

let place: TestDatabase;
let database: Database;
let store: Store;

beforeEach(async () => {
  place = await testDatabase();
  database = await openDatabase({ url: place.url });
  await migrateSchema(database, { schema: 'netwatch', folder: new URL('../migrations', import.meta.url) });
  store = createStore(
    database,
    await openEventLog({ database, tables, service: 'netwatch', siteId: 'test' }),
  );
});
afterEach(async () => {
  await database.close();
  await place.drop();
});

/** A time of 2026-11-30, as `9:30`. */
const at = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return Date.UTC(2026, 10, 30, hours, minutes);
};

function incident(id: string, since: string, closed?: string): Incident {
  const evidence = { id: 'event', correlationid: 'chain' };
  const own = { id, root: 'probe/web', others: [], members: {}, cause: evidence, outage: false, said: '' };
  const from = { time: at(since) };
  const end = closed === undefined ? {} : { until: { time: at(closed) }, closedAt: { time: at(closed) } };
  return { ...own, since: from, rootedAt: from, ...end };
}

async function save(id: string, ...incidents: Incident[]): Promise<void> {
  const changes: Changes = {
    things: new Map(),
    outside: new Map(),
    incidents: new Map(incidents.map((each) => [each.id, each])),
    nextIncident: 12,
    vantage: undefined,
    events: [],
    spans: [],
  };
  await store.save({ id, changes, things: [], memories: new Map() });
}

test('after a start an incident that closed a moment ago is known, however long ago it began, in the order of before', async () => {
  await save(
    'step',
    incident('2', '9:00', '10:00'),
    incident('9', '9:40', '9:45'),
    incident('10', '9:50', '9:58'),
    incident('11', '8:00'),
  );
  const { world } = await store.load(new Date(at('10:02')));
  expect([...world.incidents.keys()]).toEqual(['2', '10', '11']);
});

test('what closed before the process ended is to be cleared from the broker, also when it starts much later', async () => {
  await save('step', incident('1', '9:00', '9:59'), incident('2', '9:30'));
  await store.beat(new Date(at('10:00')));
  const { closed } = await store.load(new Date(at('10:00') + 7 * 86_400_000));
  expect(closed).toEqual(['1']);
});

test('what is removed is what closed long ago: not what began then', async () => {
  await save('step', incident('1', '8:00', '8:30'), incident('2', '8:00', '10:00'), incident('3', '8:00'));
  await store.prune(new Date(at('9:00')));
  expect(new Set((await store.incidents()).map(({ id }) => id))).toEqual(new Set(['2', '3']));
});

test('the last step is known by its id, once the transaction that stores one has ended', async () => {
  expect(await store.lastStep()).toBeUndefined();
  await save('first');
  const { promise: held, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const saving = database.transaction(async (tx) => {
    await tx.execute(`update netwatch.own set state = state || '{"step": "second"}'`);
    begin();
    await held;
  });
  await begun;
  const last = store.lastStep();
  end();
  await saving;
  expect(await last).toBe('second');
});
