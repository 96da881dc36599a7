import { setTimeout as sleep } from 'node:timers/promises';
import { rows } from '@huismeester/database';
import { create as createNetwatch } from '@huismeester/netwatch';
import { create as createPolicy } from '@huismeester/policy';
import {
  type CreateService,
  createLogger,
  parseSettings,
  type RunningProcess,
  runServices,
} from '@huismeester/service';
import { startPostgres, tempDir, waitFor } from '@huismeester/testkit';
import { create as createVmLifecycle } from '@huismeester/vm-lifecycle';
import { sql } from 'drizzle-orm';
import { Client } from 'undici';
import { type FactSource, factSource } from './chain-facts.ts';
import { type ProxmoxThread, startProxmoxThread } from './proxmox-thread.ts';

const token = { id: 'huismeester@pve!operate', secret: 'bench-secret' };
const pause = { timeoutMs: 30_000, everyMs: 5 };
const firstVm = 1000;
/** From what is known to what was concluded from it, ms. */
const usualRestMs = 100;

export interface ChainOptions {
  /** Each has a node and a UPS of its own, so that one fact asks for one request. */
  readonly vms: number;
  /** More of space.yaml. */
  readonly more?: object;
  /** What runs in the same process besides. */
  readonly services?: Readonly<Record<string, CreateService>>;
}

/** From fact to request: policy, vm-lifecycle and netwatch in this process, on a PostgreSQL with fsync; UPSes that say what they are told to. */
export interface ChainSpace {
  readonly running: RunningProcess;
  readonly proxmox: ProxmoxThread;
  readonly facts: FactSource;
  close(): Promise<void>;
}

/** Starts it; all VMs are known, and both clauses armed. */
export async function startChainSpace({ vms, more = {}, services = {} }: ChainOptions): Promise<ChainSpace> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('chain');
  const proxmox = await startProxmoxThread(cluster(vms));
  const facts = factSource();
  const settings = settingsFor(await postgres.createDatabase(), `${dir.path}/hm.sock`, {
    proxmox,
    vms,
    more,
  });
  const running = await runServices(
    settings,
    {
      'ups-monitor': facts.create,
      policy: createPolicy,
      'vm-lifecycle': createVmLifecycle,
      netwatch: createNetwatch,
      ...services,
    },
    { version: 'bench', logger: createLogger({ level: 'error' }) },
  );
  const close = async () => {
    await running.close();
    await proxmox.close();
    await postgres.close();
    await dir.remove();
  };
  try {
    await prepare(running, vms);
    return { running, proxmox, facts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function oneFact({ facts, proxmox }: ChainSpace, index: number): Promise<number> {
  const committed = await facts.low(`ups${index}`);
  const vmid = firstVm + index;
  return (await waitFor(`the shutdown of ${vmid}`, () => proxmox.shutdownAskedAt(vmid), pause)) - committed;
}

/** Waits until policy has heard of every power cut, which it holds for longer than the benchmark takes. */
export async function cutEverywhere({ running: { database } }: ChainSpace, cuts: number): Promise<void> {
  const query = sql`select count(*)::int as cuts from policy.event_log where type = 'outage.began'`;
  const logged = async () => rows<{ cuts: number }>(await database.orm.execute(query))[0]?.cuts === cuts;
  await waitFor('every power cut is known', logged, { timeoutMs: 30_000 });
}

/**
 * Waits until the VM of the newest fact is off, that is logged, and policy has drawn its conclusions from it, so that the
 * next fact does not share the machine with the end of this one. The board's report is in no hurry, and is not waited for.
 */
export async function settled(
  { running: { database } }: ChainSpace,
  stops: number,
  restMs = usualRestMs,
): Promise<void> {
  const query = sql`
    select (select count(*)::int from vm_lifecycle.event_log where type = 'vm.stopped') as stops,
      (select position from vm_lifecycle.log_head) - (select min(position) from policy.consume_cursor
        where source = 'vm-lifecycle' and reader <> 'vm-lifecycle/report') as lag`;
  const logged = async () => {
    const [found] = rows<{ stops: number; lag: number | string }>(await database.orm.execute(query));
    return found?.stops === stops && Number(found.lag) === 0;
  };
  await waitFor('the VM is off and that is known', logged, { timeoutMs: 30_000 });
  await sleep(restMs);
}

/** Arms both clauses and waits until policy has heard of every VM. */
async function prepare({ socket }: RunningProcess, vms: number): Promise<void> {
  const client = new Client('http://localhost', { socketPath: socket });
  const headers = { 'content-type': 'application/json' };
  for (const clause of ['power/SPACE-3', 'power/CORE-1']) {
    const { body } = await client.request({
      method: 'PUT',
      path: `/api/v1/rules/${clause}`,
      headers,
      body: '{"mode":"enforce"}',
    });
    await body.dump();
  }
  const get = async (path: string) =>
    (await client.request({ method: 'GET', path })).body.json() as Promise<{
      count?: number;
      ready?: boolean;
    }>;
  await waitFor('all VMs are known', async () => (await get('/api/v1/vms?limit=1')).count === vms, {
    timeoutMs: 30_000,
  });
  await waitFor('everything is ready', async () => (await get('/health/ready')).ready === true, {
    timeoutMs: 30_000,
  });
  await client.close();
}

function cluster(vms: number) {
  const indices = [...Array(vms).keys()];
  return {
    cluster: 'bench',
    quorate: true,
    nodes: indices.map((index) => ({ name: `n${index}`, online: true })),
    guests: indices.map((index) => ({
      vmid: firstVm + index,
      name: `vm${index}`,
      type: 'qemu' as const,
      status: 'running' as const,
      node: `n${index}`,
      pool: 'deelnemers',
      shutdownSeconds: 0.1,
      startSeconds: 0.2,
    })),
    pools: [{ id: 'deelnemers' }],
    tokens: [{ ...token, privileges: [{ path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit'] }] }],
  };
}

function settingsFor(
  url: string,
  socket: string,
  { proxmox, vms, more }: { proxmox: ProxmoxThread; vms: number; more: object },
) {
  const indices = [...Array(vms).keys()];
  const text = JSON.stringify({
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { url },
    ups: indices.map((index) => ({ id: `ups${index}`, upsd: { host: '127.0.0.1', name: 'none' } })),
    hypervisors: [
      {
        id: 'pve',
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: token },
        pools: { participant: 'deelnemers' },
        nodes: Object.fromEntries(indices.map((index) => [`n${index}`, { poweredBy: [`ups${index}`] }])),
      },
    ],
    policy: { power: { onBatteryHold: '1h', restoreHold: '0s' } },
    ...more,
  });
  const readFile = (): string => {
    throw new Error('the benchmark reads no files');
  };
  return parseSettings(text, { file: 'bench', env: {}, readFile });
}
