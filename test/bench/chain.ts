import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, migrateSchema, rows } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent, openEventLog } from '@huismeester/events';
import { create as createNetwatch } from '@huismeester/netwatch';
import { create as createPolicy } from '@huismeester/policy';
import {
  type CreateService,
  createLogger,
  parseSettings,
  type RunningProcess,
  runServices,
  type ServiceContext,
} from '@huismeester/service';
import { startSwitchProcess } from '@huismeester/simulators';
import { startPostgres, tempDir, waitFor } from '@huismeester/testkit';
import { create as createVmLifecycle } from '@huismeester/vm-lifecycle';
import { sql } from 'drizzle-orm';
import { Client } from 'undici';
import { switchesOf } from './many-switches.ts';
import { type ProxmoxThread, startProxmoxThread } from './proxmox-thread.ts';
import { inMs, median, quantile, type Row } from './row.ts';
import { sourceTables } from './schema.ts';

const token = { id: 'huismeester@pve!operate', secret: 'bench-secret' };
const pause = { timeoutMs: 30_000, everyMs: 5 };
const firstVm = 1000;
/** From what is known to what was concluded from it, ms. */
const restMs = 100;

/** Says something of one UPS; answers when that was committed, ms since 1970. */
type Fact = (ups: string) => Promise<number>;

/** As many VMs as the first site has people. Each has a node and a UPS of its own, so that one fact asks for one request. */
const vms = 25;

/**
 * Committed fact → desired state → request at Proxmox, on PostgreSQL with fsync: in each round all UPSes run on battery,
 * the battery of one after the other is low, then mains is back everywhere. The first round, in which the program runs
 * code that it never ran before, is told apart. Beside it a single committed event on the same server.
 */
export async function chain(rounds: number): Promise<Row> {
  const { first, delays, insertMs } = await measure(rounds);
  return {
    what: `committed fact → desired state → request at Proxmox, PostgreSQL, ${vms} VMs, ${delays.length} facts, each once the one before has settled`,
    measured: `median ${inMs(median(delays))}, p99 ${inMs(quantile(delays, 0.99))}; the first ${vms} after the start: median ${inMs(median(first))}, worst ${inMs(Math.max(...first))}`,
    target: 'p99 ≤ 50 ms',
    met: quantile(delays, 0.99) <= 50,
    reference: `one event committed to a log, nothing else: median ${inMs(insertMs)}`,
  };
}

/** The same twice: without switches, and with 200 of 48 ports, which netwatch looks at each 5 s in the same process. */
export async function chainBesideNetwatch(rounds: number): Promise<Row> {
  const alone = await measure(rounds);
  const simulator = await startSwitchProcess({ switches: 200, ports: 48, host: '127.9.0.1', spread: true });
  try {
    const { delays } = await measure(rounds, switchesOf(simulator));
    const p99 = quantile(delays, 0.99);
    return {
      what: 'the same chain with netwatch in the same process, which looks at 200 switches × 48 ports each 5 s',
      measured: `median ${inMs(median(delays))}, p99 ${inMs(p99)}`,
      target: 'p99 ≤ 50 ms',
      met: p99 <= 50,
      reference: `without switches: median ${inMs(median(alone.delays))}, p99 ${inMs(quantile(alone.delays, 0.99))}`,
    };
  } finally {
    await simulator.close();
  }
}

interface Measured {
  /** From commit to request, ms: of the first round, in which code runs for the first time, and of the others. */
  readonly first: readonly number[];
  readonly delays: readonly number[];
  /** One event committed to a log, median, ms. */
  readonly insertMs: number;
}

async function measure(rounds: number, switches: readonly object[] = []): Promise<Measured> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('chain');
  const proxmox = await startProxmoxThread(cluster());
  const facts = factSource();
  const settings = settingsFor(await postgres.createDatabase(), `${dir.path}/hm.sock`, { proxmox, switches });
  const services = {
    'ups-monitor': facts.create,
    policy: createPolicy,
    'vm-lifecycle': createVmLifecycle,
    netwatch: createNetwatch,
  };
  const running = await runServices(settings, services, {
    version: 'bench',
    logger: createLogger({ level: 'error' }),
  });
  try {
    await prepare(running);
    const all: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      for (let index = 0; index < vms; index += 1) await facts.cut(`ups${index}`);
      await cutEverywhere(running, all.length + vms);
      for (let index = 0; index < vms; index += 1) {
        all.push(await oneFact(facts.low, proxmox, index));

        await settled(running, all.length);
      }
      for (let index = 0; index < vms; index += 1) await facts.back(`ups${index}`);
      proxmox.forget();
      await letGo(running, all.length);
    }
    const [first, delays] = [all.slice(0, vms), all.slice(vms)];
    return { first, delays, insertMs: await insertsAlone(running, delays.length) };
  } finally {
    await running.close();
    await proxmox.close();
    await postgres.close();
    await dir.remove();
  }
}

async function oneFact(low: Fact, proxmox: ProxmoxThread, index: number): Promise<number> {
  const committed = await low(`ups${index}`);
  const vmid = firstVm + index;
  return (await waitFor(`the shutdown of ${vmid}`, () => proxmox.shutdownAskedAt(vmid), pause)) - committed;
}

async function insertsAlone({ database }: RunningProcess, samples: number): Promise<number> {
  const log = await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId: 'bench' });
  const took: number[] = [];
  for (let index = 0; index < samples; index += 1) {
    const began = performance.now();
    await database.transaction((tx) =>
      log.append(tx, [newEvent('ups.replace-battery', `ups/alone${index}`, { ups: `alone${index}` })]),
    );
    took.push(performance.now() - began);
  }
  return median(took);
}

/** Arms both clauses and waits until policy has heard of every VM. */
async function prepare({ socket }: RunningProcess): Promise<void> {
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

/** A log in ups-monitor's name that says what the benchmark tells it to. */
function factSource(): { create: CreateService; cut: Fact; low: Fact; back: Fact } {
  let log: EventLog | undefined;
  let database: Database | undefined;
  const create = async (context: ServiceContext) => {
    database = context.database;
    await migrateSchema(database, { schema: 'bench_source', folder: new URL('migrations', import.meta.url) });
    const siteId = context.settings.site.id;
    const opened = await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId });
    log = opened;
    return {
      name: 'ups-monitor' as const,
      log,
      tables: sourceTables,
      snapshot: async () => ({ epoch: opened.epoch, position: opened.head(), entities: [] }),
      routes: async () => {},
      parts: () => [],
      start: async () => {},
      close: async () => {},
    };
  };
  const say = async (events: NewEvent[]): Promise<number> => {
    await database?.transaction(async (tx) => await log?.append(tx, events));
    return Date.now();
  };
  const now = () => new Date().toISOString();
  return {
    create,
    cut: (ups) =>
      say([
        newEvent('ups.found', `ups/${ups}`, { ups, after: 'unknown', status: 'OB' }),
        newEvent('ups.on-battery', `ups/${ups}`, { ups, since: now(), charge_pct: 50 }),
      ]),
    low: (ups) => say([newEvent('ups.battery-low', `ups/${ups}`, { ups })]),
    back: (ups) => say([newEvent('ups.on-mains', `ups/${ups}`, { ups, since: now(), charge_pct: 90 })]),
  };
}

/** Waits until policy has heard of every power cut, which it holds for longer than the benchmark takes. */
async function cutEverywhere({ database }: RunningProcess, cuts: number): Promise<void> {
  const query = sql`select count(*)::int as cuts from policy.event_log where type = 'outage.began'`;
  const logged = async () => rows<{ cuts: number }>(await database.orm.execute(query))[0]?.cuts === cuts;
  await waitFor('every power cut is known', logged, { timeoutMs: 30_000 });
}

/**
 * Waits until the VM of the newest fact is off, that is logged, and policy has drawn its conclusions from it, so that the
 * next fact does not share the machine with the end of this one.
 */
async function settled({ database }: RunningProcess, stops: number): Promise<void> {
  const query = sql`
    select (select count(*)::int from vm_lifecycle.event_log where type = 'vm.stopped') as stops,
      (select position from vm_lifecycle.log_head) - (select position from policy.consume_cursor
        where source = 'vm-lifecycle') as lag`;
  const logged = async () => {
    const [found] = rows<{ stops: number; lag: number | string }>(await database.orm.execute(query));
    return found?.stops === stops && Number(found.lag) === 0;
  };
  await waitFor('the VM is off and that is known', logged, { timeoutMs: 30_000 });
  await sleep(restMs);
}

/** Waits until the restore is over for policy too, which lets go of each VM once it runs again. */
async function letGo({ database }: RunningProcess, decisions: number): Promise<void> {
  const query = sql`select count(*)::int as done from policy.event_log where type = 'desired-state.decided' and data ->> 'rule' = 'none'`;
  const logged = async () => rows<{ done: number }>(await database.orm.execute(query))[0]?.done === decisions;
  await waitFor('policy has let go of every VM', logged, { timeoutMs: 60_000, everyMs: 200 });
}

const indices = Array.from({ length: vms }, (_, index) => index);

function cluster() {
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
  { proxmox, switches }: { proxmox: ProxmoxThread; switches: readonly object[] },
) {
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
    switches,
    policy: { power: { onBatteryHold: '1h', restoreHold: '0s' } },
  });
  const readFile = (): string => {
    throw new Error('the benchmark reads no files');
  };
  return parseSettings(text, { file: 'bench', env: {}, readFile });
}
