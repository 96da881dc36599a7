import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { type EventLog, openEventLog } from '@huismeester/events';
import { createLogger, parseSettings, systemClock } from '@huismeester/service';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { type TempDir, tempDirWithDatabase } from '@huismeester/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failureOf, limitsOf, openHypervisor } from '../src/adapters/proxmox.ts';
import type { Guest } from '../src/core/guest.ts';
import type { Desired } from '../src/core/plan.ts';
import type { Hypervisor } from '../src/ports.ts';
import { ask, type Desk, slotGroup } from '../src/requests.ts';
import { desired as desiredTable, tables } from '../src/schema.ts';
import { createSlots } from '../src/slots.ts';
import { createWatch } from '../src/watch.ts';
import { guest as simulated } from './space.ts';

/* What becomes of a request that is written down, or is not, and must not be sent. */

const logger = createLogger({ level: 'silent' });
const wish = { vm: '101', state: 'stopped', generation: 1, mode: 'enforce' } as const;
const chain = { decision: randomUUID(), correlation: randomUUID() };
const desired = { ...wish, ...chain, reached: false, givenUp: false };
const guest: Guest = {
  ...{ id: '101', hypervisor: 'pve', vmid: 101, kind: 'qemu', name: 'vm101', class: 'core', pool: 'core' },
  ...{ node: 'pve1', status: 'running', changedAt: new Date() },
};
const plan = { do: 'shutdown', attempt: 1, tries: 0 } as const;

let dir: TempDir;
let database: Database;
let log: EventLog;
let simulator: ProxmoxSimulator;
let hypervisor: Hypervisor;
let limits: ReturnType<typeof limitsOf>;
let desk: Desk;
let woken: string[] = [];

beforeAll(async () => {
  dir = await tempDirWithDatabase('requests');
  database = await openDatabase({ embedded: { dir: join(dir.path, 'db') } });
  const folder = new URL('../migrations', import.meta.url);
  await migrateSchema(database, { schema: 'vm_lifecycle', folder });
  log = await openEventLog({ database, tables, service: 'vm-lifecycle', siteId: 'test' });
  await database.orm.insert(desiredTable).values(desired);
  const token = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
  const privileges = [{ path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.PowerMgmt'] }];
  simulator = await startProxmoxSimulator({
    state: {
      ...{ cluster: 'space', quorate: true, nodes: [{ name: 'pve1', online: true }] },
      ...{ guests: [simulated(101)], pools: [{ id: 'core' }], tokens: [{ ...token, privileges }] },
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
  await database.close();
  await dir.remove();
});

beforeEach(() => {
  woken = [];
  const enqueue = async (_: unknown, { key }: { key: string }) => void woken.push(key);
  desk = {
    ...{ database, log, tasks: () => ({ enqueue }), slots: createSlots(), failureOf },
    ...{ clock: systemClock, logger, counted: () => {} },
  };
});

function situated(more: Partial<Desired> = {}) {
  const parts = { database, log, tasks: desk.tasks(), clock: systemClock, logger, failureOf };
  const watch = createWatch({ ...parts, hypervisor, prefix: '', pollMs: 100, polled: async () => {} });
  return { guest, desired: { ...desired, ...more }, request: undefined, watch, limits };
}
const others = () => desk.slots.take(slotGroup(guest), '102', limits.parallelPerNode);

test('policy changed its mind: the next in line need not wait for what is not sent', async () => {
  desk.slots.take(slotGroup(guest), guest.id, limits.parallelPerNode);
  expect(others()).toBe(false);
  expect(await ask(desk, situated({ decision: randomUUID() }), plan)).toBe('superseded');
  expect(woken).toEqual(['102']);
  expect(others()).toBe(true);
});

test('nor when the database fails', async () => {
  // No whole number: PostgreSQL takes it for none of a generation.
  await expect(ask(desk, situated({ generation: 0.5 }), plan)).rejects.toThrow();
  expect(others()).toBe(true);
  expect(simulator.requests).toEqual([]);
});
