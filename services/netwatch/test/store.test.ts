import type { Database } from '@huismeester/database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '../src/adapters/store.ts';
import type { Changes } from '../src/core/draft.ts';
import type { Incident } from '../src/core/incident.ts';
import type { Memory } from '../src/memory.ts';
import { openStore, type StoreUnderTest } from './stored.ts';

let opened: StoreUnderTest;
let store: Store;
let database: Database;

beforeAll(async () => {
  opened = await openStore();
  ({ store, database } = opened);
});
beforeEach(() => opened.empty());
afterAll(() => opened.close());

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

const save = (id: string, ...incidents: Incident[]) => saveAll(id, incidents);

async function saveAll(
  id: string,
  incidents: readonly Incident[],
  memories: ReadonlyMap<string, Memory> = new Map(),
): Promise<void> {
  const changes: Changes = {
    things: new Map(),
    outside: new Map(),
    incidents: new Map(incidents.map((each) => [each.id, each])),
    nextIncident: 12,
    vantage: undefined,
    events: [],
    spans: [],
  };
  await store.save({ id, now: { time: at('10:00') }, changes, things: [], memories });
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

test('all that must outlast a restart is there after it, without the clock of the process that ended', async () => {
  const flaps = { times: [at('9:50'), at('9:55')], flapping: true };
  const degraded = { defect: 'slow', since: { time: at('9:30'), ms: 1_234 } } as const;
  const certificates = {
    stages: [{ fingerprint: 'AB:CD', stage: 'warning' }],
    faults: ['expired'],
    open: true,
  } as const;
  const port: Memory = { flaps, speed_bps: 1e9, errorsSaidAt: at('9:00') };
  const memories = new Map<string, Memory>([
    ['probe/web', { flaps, degraded, certificates }],
    ['port/sw1/gi1', port],
    ['availability/main', { month: '2026-10' }],
  ]);
  await saveAll('first', [], memories);
  await saveAll('second', [], new Map([['port/sw1/gi1', { ...port, speed_bps: 1e8 }]]));
  const stored = await store.load(new Date(at('10:02')));
  expect(Object.fromEntries(stored.memories)).toStrictEqual({
    'probe/web': { flaps, degraded: { defect: 'slow', since: { time: at('9:30') } }, certificates },
    'port/sw1/gi1': { flaps, speed_bps: 1e8, errorsSaidAt: at('9:00') },
    'availability/main': { month: '2026-10' },
  });
});
