import { rows } from '@huismeester/database';
import { newEvent, openEventLog } from '@huismeester/events';
import { startSwitchProcess } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { type ChainSpace, cutEverywhere, oneFact, settled, startChainSpace } from './chain-space.ts';
import { switchesOf } from './many-switches.ts';
import { inMs, median, quantile, type Row } from './row.ts';
import { sourceTables } from './schema.ts';

/** As many VMs as the first site has people. */
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
  const space = await startChainSpace({ vms, more: { switches } });
  const { facts, proxmox } = space;
  try {
    const all: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      for (let index = 0; index < vms; index += 1) await facts.cut(`ups${index}`);
      await cutEverywhere(space, all.length + vms);
      for (let index = 0; index < vms; index += 1) {
        all.push(await oneFact(space, index));
        await settled(space, all.length);
      }
      for (let index = 0; index < vms; index += 1) await facts.back(`ups${index}`);
      proxmox.forget();
      await letGo(space, all.length);
    }
    const [first, delays] = [all.slice(0, vms), all.slice(vms)];
    return { first, delays, insertMs: await insertsAlone(space, delays.length) };
  } finally {
    await space.close();
  }
}

async function insertsAlone({ running: { database } }: ChainSpace, samples: number): Promise<number> {
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

/** Waits until the restore is over for policy too, which lets go of each VM once it runs again. */
async function letGo({ running: { database } }: ChainSpace, decisions: number): Promise<void> {
  const query = sql`select count(*)::int as done from policy.event_log where type = 'desired-state.decided' and data ->> 'rule' = 'none'`;
  const logged = async () => rows<{ done: number }>(await database.orm.execute(query))[0]?.done === decisions;
  await waitFor('policy has let go of every VM', logged, { timeoutMs: 60_000, everyMs: 200 });
}
