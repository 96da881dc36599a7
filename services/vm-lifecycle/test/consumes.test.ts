import { randomUUID } from 'node:crypto';
import type { EventOf, Snapshot } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { consumes } from '../src/consumes/policy.ts';
import { desired, node } from '../src/schema.ts';
import { openTables } from './own-tables.ts';

let place: Awaited<ReturnType<typeof openTables>>;
let database: Database;
let enqueued: string[] = [];

const {
  handlers,
  snapshot,
  entity: applyEntity,
} = consumes({
  enqueue: async (_, { kind, key }) => {
    enqueued.push(`${kind} ${key}`);
  },
});

beforeAll(async () => {
  place = await openTables();
  ({ database } = place);
});
beforeEach(async () => {
  enqueued = [];
  await database.orm.delete(desired);
  await database.orm.delete(node);
});
afterAll(async () => {
  await place.close();
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
const stored = () => database.orm.select().from(desired).orderBy(desired.target);

test('a decision is kept, with the chain it belongs to, and looked at', async () => {
  const event = decided();
  await apply(event);
  expect(await stored()).toMatchObject([
    {
      target: 'vm/101',
      state: 'stopped',
      generation: 5,
      decision: event.id,
      correlation: event.correlationid,
    },
  ]);
  expect(enqueued).toEqual(['reconcile vm/101']);
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
  expect(await stored()).toMatchObject([
    { target: 'vm/101', generation: 1, decision, correlation: decision },
  ]);
  expect(enqueued.at(-1)).toBe('reconcile vm/101');
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
const storedNodes = async () => (await stored()).filter(({ target }) => target.startsWith('node/'));

test('a decision about a node is kept and looked at; only a newer generation replaces it', async () => {
  const first = decidedNode();
  await applyNode(first);
  await applyNode(decidedNode({ generation: 2 }));
  const row = { target: 'node/pve-pve1', state: 'stopped', decision: first.id, reached: false };
  expect(await storedNodes()).toMatchObject([row]);
  expect(enqueued[0]).toBe('reconcile node/pve-pve1');
  const newer = decidedNode({ generation: 4 });
  await applyNode(newer);
  expect(await storedNodes()).toMatchObject([{ decision: newer.id }]);
});

test('a snapshot replaces what is wanted of nodes and VMs alike', async () => {
  await applyNode(decidedNode({ id: 'pve-pve9', node: 'pve9' }));
  const [ofVm, ofNode] = [randomUUID(), randomUUID()];
  await take([
    entity({ ...data, decision: ofVm }),
    { subject: 'node-state/pve-pve1', version: 1, state: { ...nodeData, generation: 1, decision: ofNode } },
  ]);
  expect(await stored()).toMatchObject([
    { target: 'node/pve-pve1', generation: 1, decision: ofNode },
    { target: 'vm/101', decision: ofVm },
  ]);
  expect(enqueued.slice(-2)).toEqual(['reconcile vm/101', 'reconcile node/pve-pve1']);
});

test('of two nodes whose ids would be the same, each has its own decision', async () => {
  const seen = { online: true, since: new Date() };
  await database.orm.insert(node).values([
    { hypervisor: 'pve', node: 'b-n1', id: 'pve-b-n1', ...seen },
    { hypervisor: 'pve-b', node: 'n1', id: 'pve-b-n1-2', ...seen },
  ]);
  const [one, other] = [decidedNode({ node: 'b-n1' }), decidedNode({ hypervisor: 'pve-b', node: 'n1' })];
  await applyNode(one);
  await applyNode(other);
  expect(await storedNodes()).toMatchObject([
    { target: 'node/pve-b-n1', decision: one.id },
    { target: 'node/pve-b-n1-2', decision: other.id },
  ]);
});

test('a decision about a node by the id of another one is nobody’s', async () => {
  const seen = { online: true, since: new Date() };
  await database.orm.insert(node).values({ hypervisor: 'pve', node: 'b-n1', id: 'pve-b-n1', ...seen });
  const other = decidedNode({ id: 'pve-b-n1', hypervisor: 'pve-b', node: 'n1' });
  await expect(applyNode(other)).rejects.toThrow(/not known by this id/);
  expect(await storedNodes()).toEqual([]);
});

test('what cannot be read, as of a newer policy, is reported, and what was wanted before stays', async () => {
  const [first, ofNode] = [decided(), decidedNode()];
  await apply(first);
  await applyNode(ofNode);
  await apply(decided({ target: 'vm/102' }));
  const parked = await take([
    entity({ ...data, state: 'suspended', decision: randomUUID() }),
    { subject: 'node-state/pve-pve1', version: 1, state: { ...nodeData, generation: 'four' } },
    { subject: 'rule/space-3', version: 1, state: {} },
  ]);
  expect(await stored()).toMatchObject([{ decision: ofNode.id }, { target: 'vm/101', decision: first.id }]);
  expect(parked.map((each) => each.entity.subject)).toEqual(['desired-state/101', 'node-state/pve-pve1']);
});

test('what was parked is written when a program that can read it replays it', async () => {
  const decision = randomUUID();
  const replay = (state: string) =>
    database.transaction((tx) => applyEntity(tx, entity({ ...data, state, decision })));
  await expect(replay('suspended')).rejects.toMatchObject({ code: 'entity-unfit' });
  enqueued = [];
  await replay(data.state);
  expect(await stored()).toMatchObject([{ decision }]);
  expect(enqueued).toHaveLength(1);
});

test('a snapshot tells the chain that a decision belongs to', async () => {
  const correlation = randomUUID();
  await take([entity({ ...data, decision: randomUUID(), correlation })]);
  expect(await stored()).toMatchObject([{ correlation }]);
});

test('a decision of a newer policy names its target, and no mode', async () => {
  const { mode: _, ...rest } = data;
  const chain = { decision: randomUUID(), correlationid: randomUUID() };
  await take([
    { subject: 'desired-state/vm/101', version: 5, state: { ...rest, ...chain } },
    {
      subject: 'desired-state/node/pve-pve1',
      version: 5,
      state: { ...rest, ...chain, target: 'node/pve-pve1' },
    },
  ]);
  const row = { decision: chain.decision, correlation: chain.correlationid, mode: 'enforce', generation: 5 };
  expect(await stored()).toMatchObject([
    { target: 'node/pve-pve1', ...row },
    { target: 'vm/101', ...row },
  ]);
});
