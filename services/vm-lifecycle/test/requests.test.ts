import { randomUUID } from 'node:crypto';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { createLogger, parseSettings, systemClock } from '@huismeester/service';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingContext } from '../src/acting/context.ts';
import { ask } from '../src/acting/guest-request.ts';
import { requestNode } from '../src/acting/node-request.ts';
import { createRequestLimit, limitGroup } from '../src/acting/request-limit.ts';
import { limitsOf, openHypervisor } from '../src/adapters/proxmox.ts';
import { readNodes } from '../src/adapters/store.ts';
import type { Desired } from '../src/core/desired.ts';
import type { Guest } from '../src/core/guest.ts';
import { type GuestTarget, nodeTarget } from '../src/core/target.ts';
import { pollHypervisor } from '../src/polling/poller.ts';
import type { Hypervisor } from '../src/ports.ts';
import { desired as desiredTable, node as nodeTable, request as requestTable } from '../src/schema.ts';
import { openTables } from './own-tables.ts';
import { guest as simulated } from './space.ts';

/* What becomes of a request that is written down, or is not, and must not be sent. */

const logger = createLogger({ level: 'silent' });
const wish = { target: 'vm/101', state: 'stopped', generation: 1, mode: 'enforce' } as const;
const chain = { decision: randomUUID(), correlation: randomUUID() };
const desired = { ...wish, ...chain, reached: false, givenUp: false };
const guest: Guest = {
  id: '101',
  hypervisor: 'pve',
  vmid: 101,
  kind: 'qemu',
  name: 'vm101',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
  changedAt: new Date(),
};
const plan = { do: 'shutdown', attempt: 1, tries: 0 } as const;

let place: Awaited<ReturnType<typeof openTables>>;
let database: Database;
let log: EventLog;
let simulator: ProxmoxSimulator;
let hypervisor: Hypervisor;
let limits: ReturnType<typeof limitsOf>;
let context: ActingContext;
let woken: string[] = [];

beforeAll(async () => {
  place = await openTables();
  ({ database, log } = place);
  await database.orm.insert(desiredTable).values(desired);
  const token = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
  const privileges = [{ path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.PowerMgmt'] }];
  simulator = await startProxmoxSimulator({
    state: {
      cluster: 'space',
      quorate: true,
      nodes: [{ name: 'pve1', online: true }],
      guests: [simulated(101)],
      pools: [{ id: 'core' }],
      tokens: [{ ...token, privileges }],
    },
  });
  const [settings] = parseSettings(
    `
site: { id: test, name: Test }
broker: { embedded: { port: 0 } }
database: { url: postgres://localhost/unused }
hypervisors:
  - id: pve
    url: ${simulator.url}
    ca: ${JSON.stringify(simulator.ca)}
    tokens: { operate: { id: "${token.id}", secret: ${token.secret} } }
    pools: { core: core }
    parallelPerNode: 1`,
    { file: 'space.yaml', env: {}, readFile: () => '' },
  ).hypervisors;
  if (settings === undefined) throw new Error('settings name no hypervisor');
  hypervisor = openHypervisor(settings, () => {});
  limits = limitsOf(settings);
});
afterAll(async () => {
  await hypervisor.close();
  await simulator.close();
  await place.close();
});

beforeEach(() => {
  woken = [];
  const enqueue = async (_: unknown, { key }: { key: string }) => void woken.push(key);
  context = {
    database,
    log,
    tasks: () => ({ enqueue }),
    hypervisors: new Map(),
    requestLimit: createRequestLimit(),
    clock: systemClock,
    logger,
    counted: () => {},
    leaseMs: 0,
  };
});

function managed(more: Partial<Desired<GuestTarget>> = {}) {
  const poller = pollHypervisor({ ...context, hypervisor, prefix: '', pollMs: 100, polled: async () => {} });
  return { guest, history: {}, desired: { ...desired, ...more }, request: undefined, poller, limits };
}
const others = () => context.requestLimit.acquire(limitGroup(guest), '102', limits.parallelPerNode);

test('policy changed its mind: the next in the queue need not wait for what is not sent', async () => {
  context.requestLimit.acquire(limitGroup(guest), guest.id, limits.parallelPerNode);
  expect(others()).toBe(false);
  expect(await ask(context, managed({ decision: randomUUID() }), plan)).toBe('superseded');
  expect(woken).toEqual(['vm/102']);
  expect(others()).toBe(true);
});

test('nor when the database fails', async () => {
  // No whole number: PostgreSQL takes it for none of a generation.
  await expect(ask(context, managed({ generation: 0.5 }), plan)).rejects.toThrow();
  expect(others()).toBe(true);
  expect(simulator.requests).toEqual([]);
});

/** Stops for a while right after an intent was committed, as by SIGSTOP. */
function stopping() {
  let stoppedMs = 0;
  return {
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + stoppedMs },
    counted: (_: string, outcome: string) => {
      if (outcome === 'requested') stoppedMs += 60_000;
    },
  };
}
const posts = () => simulator.requests.filter(({ method }) => method === 'POST');

test('the process was stopped after it wrote its intent: nothing is sent, and that is said', async () => {
  expect(await ask({ ...context, ...stopping() }, managed(), plan)).toBe('failed');
  expect(posts()).toEqual([]);
  expect(others()).toBe(true);
  const { events } = await log.read({ after: 0, limit: 10 });
  expect(events.map(({ type, data }) => ({ type, data }))).toMatchObject([
    { type: 'vm.power-requested', data: { attempt: 1 } },
    {
      type: 'vm.power-failed',
      data: { attempt: 1, error: expect.stringContaining('not sent'), retry: true },
    },
  ]);
  const [record] = await database.orm.select().from(requestTable);
  // It never arrived, so it counts for nothing.
  expect(record).toMatchObject({ phase: 'failed', tries: 0 });
});

test.each([
  ['shutdown', 'stopped', 'failed'],
  // A packet is sent by the next look, if that still finds it wanted.
  ['wake', 'running', 'intended'],
] as const)('nor is a %s of a node', async (act, state, phase) => {
  const node = { id: `pve-${act}`, hypervisor: 'pve', node: act, online: true };
  await database.orm.insert(nodeTable).values({ ...node, since: new Date() });
  const wanted = { ...desired, target: nodeTarget(node.id), state };
  await database.orm.insert(desiredTable).values(wanted);
  const wakes = { mac: '02:00:5E:00:53:04', wakeAddress: '127.0.0.1:9' };
  const settings = {
    poweredBy: [] as string[],
    nodeShutdown: 'huismeester',
    ownShutdown: '2m',
    wake: 'wol',
    ...wakes,
  } as const;
  await requestNode(
    { ...context, ...stopping() },
    { node, history: {}, desired: wanted, request: undefined, hypervisor, settings },
    { do: 'request', act, attempt: 1, tries: 0 },
  );
  expect(posts()).toEqual([]);
  // A packet that was sent would be accepted.
  expect((await readNodes(database.orm, node.id))[0]?.request?.phase).toBe(phase);
});
