import { randomUUID } from 'node:crypto';
import type { EventOf, Snapshot } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { type TestDatabase, testDatabase } from '@huismeester/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { consumes } from '../src/consumes.ts';
import { desired, desiredNode } from '../src/schema.ts';

let place: TestDatabase;
let database: Database;
let enqueued: string[] = [];

const { handlers, snapshot } = consumes({
  enqueue: async (_, { kind, key }) => {
    enqueued.push(`${kind} ${key}`);
  },
});

beforeAll(async () => {
  place = await testDatabase();
  database = await openDatabase({ url: place.url });
  await migrateSchema(database, {
    schema: 'vm_lifecycle',
    folder: new URL('../migrations', import.meta.url),
  });
});
beforeEach(async () => {
  enqueued = [];
  await database.orm.delete(desired);
  await database.orm.delete(desiredNode);
});
afterAll(async () => {
  await database.close();
  await place.drop();
});

const data = {
  target: 'vm/101',
  state: 'stopped' as const,
  generation: 5,
  rule: 'power' as const,
  tier: 'power' as const,
  clause: 'SPACE-3',
  reason: 'a test asks for it',
  evidence: [],
  mode: 'enforce' as const,
  settingsHash: 'test',
};

function decided(change: Partial<typeof data> = {}): EventOf<'desired-state.decided'> {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/test/policy',
    type: 'desired-state.decided',
    subject: 'desired-state/101',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: '/schemas/desired-state.decided/3',
    epoch: randomUUID(),
    position: 1,
    version: 1,
    correlationid: randomUUID(),
    data: { ...data, ...change },
  };
}

const apply = (event: EventOf<'desired-state.decided'>) =>
  database.transaction(async (tx) => handlers['desired-state.decided']?.(tx, event));
const take = (entities: Snapshot['entities']) =>
  database.transaction((tx) => snapshot(tx, { epoch: randomUUID(), position: 9, entities }));
const entity = (state: object) => ({ subject: 'desired-state/101', version: 1, state });
const stored = () => database.orm.select().from(desired).orderBy(desired.vm);

test('a decision is kept, with the chain it belongs to, and looked at', async () => {
  const event = decided();
  await apply(event);
  expect(await stored()).toMatchObject([
    { vm: '101', state: 'stopped', generation: 5, decision: event.id, correlation: event.correlationid },
  ]);
  expect(enqueued).toEqual(['reconcile 101']);
});

test('only a newer generation replaces it', async () => {
  const first = decided();
  await apply(first);
  await database.orm.update(desired).set({ reached: true });
  await apply(decided({ generation: 5 }));
  await apply(decided({ generation: 4 }));
  expect(await stored()).toMatchObject([{ decision: first.id, reached: true }]);
  const newer = decided({ generation: 6 });
  await apply(newer);
  expect(await stored()).toMatchObject([{ decision: newer.id, generation: 6, reached: false }]);
});

test('a snapshot replaces everything, newer generations of another epoch too', async () => {
  await apply(decided());
  await apply({ ...decided({ target: 'vm/102' }) });
  const decision = randomUUID();
  await take([entity({ ...data, generation: 1, decision })]);
  expect(await stored()).toMatchObject([{ vm: '101', generation: 1, decision }]);
  expect(enqueued.at(-1)).toBe('reconcile 101');
});

test('a snapshot with the very decision that was reached does not begin it anew', async () => {
  const event = decided();
  await apply(event);
  await database.orm.update(desired).set({ reached: true });
  await take([entity({ ...data, decision: event.id })]);
  expect(await stored()).toMatchObject([{ decision: event.id, reached: true }]);
});

test('an empty snapshot wants nothing of anybody', async () => {
  await apply(decided());
  await take([]);
  expect(await stored()).toEqual([]);
});

const nodeData = {
  id: 'pve-pve1',
  hypervisor: 'pve',
  node: 'PVE1',
  state: 'stopped' as const,
  generation: 3,
  clause: 'CORE-1',
  reason: 'a test asks for it',
  evidence: [],
  mode: 'enforce' as const,
  settingsHash: 'test',
};
const decidedNode = (change: Partial<typeof nodeData> = {}): EventOf<'node-state.decided'> => ({
  ...decided(),
  type: 'node-state.decided',
  subject: 'node-state/pve-pve1',
  data: { ...nodeData, ...change },
});
const applyNode = (event: EventOf<'node-state.decided'>) =>
  database.transaction(async (tx) => handlers['node-state.decided']?.(tx, event));
const storedNodes = () => database.orm.select().from(desiredNode);

test('a decision about a node is kept and looked at; only a newer generation replaces it', async () => {
  const first = decidedNode();
  await applyNode(first);
  await applyNode(decidedNode({ generation: 2 }));
  const row = { id: 'pve-pve1', node: 'PVE1', state: 'stopped', decision: first.id, reached: false };
  expect(await storedNodes()).toMatchObject([row]);
  expect(enqueued[0]).toBe('node pve-pve1');
  const newer = decidedNode({ generation: 4 });
  await applyNode(newer);
  expect(await storedNodes()).toMatchObject([{ decision: newer.id }]);
});

test('a snapshot replaces what is wanted of nodes and VMs alike', async () => {
  await applyNode(decidedNode({ node: 'pve9' }));
  const [vm, node] = [randomUUID(), randomUUID()];
  await take([
    entity({ ...data, decision: vm }),
    { subject: 'node-state/pve-pve1', version: 1, state: { ...nodeData, generation: 1, decision: node } },
  ]);
  expect(await stored()).toMatchObject([{ vm: '101', decision: vm }]);
  expect(await storedNodes()).toMatchObject([{ id: 'pve-pve1', generation: 1, decision: node }]);
  expect(enqueued.slice(-2)).toEqual(['reconcile 101', 'node pve-pve1']);
});
