import { setTimeout as pause } from 'node:timers/promises';
import { type Database, statement } from '@huismeester/database';
import { newEvent } from '@huismeester/events';
import type { LeaseFact } from '@huismeester/policy/facts/lease';
import type { RunningService, ServiceContext } from '@huismeester/service';
import { create as createVmLifecycle } from '@huismeester/vm-lifecycle';
import { Client } from 'undici';
import { type ChainSpace, cutEverywhere, oneFact, settled, startChainSpace } from '../chain-space.ts';
import { inMs, median, quantile, type Row } from '../row.ts';
import { type Leased, manyLeases } from './many-leases.ts';

const leases = 10_000;
const hour = 3_600_000;
/** None of them is warned of, or ends, meanwhile. */
const soonestMs = 100 * hour;
const inBlock = 10;
/** After each fact; less than where the chain is measured alone, so that there are more of them. */
const restMs = 20;
/** Until policy has drawn its conclusions from what is there now. */
const betweenBlocksMs = 1_500;
/** One of the leases is renewed so often while they are swept, a thousand times as often as so many would be. */
const sweepEveryMs = 500;

/** `alone`: nothing else is known; `vms`: 10,000 more VMs with owners, without leases; `sweep`: the same with leases, of which one is renewed twice a second. */
const kinds = ['alone', 'vms', 'sweep'] as const;
type Kind = (typeof kinds)[number];
type Samples = Record<Kind, number[]>;

/** Fact → request beside sweeps of 10,000 leases, in blocks of 10 facts in turns. */
export async function chainBesideSweep(rounds: number): Promise<Row> {
  const vms = (rounds + 1) * kinds.length * inBlock;
  let lifecycle: RunningService | undefined;
  const space = await startChainSpace({
    vms,
    more: {
      secrets: { key: 'k'.repeat(32) },
      // Nobody is written to: it is there so that the clause can be armed.
      mail: { url: 'smtp://127.0.0.1:1', from: 'bench@space.example' },
    },
    services: {
      'vm-lifecycle': async (context: ServiceContext) => {
        lifecycle = await createVmLifecycle(context);
        return lifecycle;
      },
    },
  });
  try {
    await arm(space);
    for (let index = 0; index < vms; index += 1) await space.facts.cut(`ups${index}`);
    await cutEverywhere(space, vms);
    if (lifecycle === undefined) throw new Error('vm-lifecycle was not created');
    return rowOf(await blocks(space, lifecycle, rounds));
  } finally {
    await space.close();
  }
}

async function arm({ running }: ChainSpace): Promise<void> {
  const client = new Client('http://localhost', { socketPath: running.socket });
  const { statusCode, body } = await client.request({
    method: 'PUT',
    path: '/api/v1/rules/lease/PART-4',
    headers: { 'content-type': 'application/json' },
    body: '{"mode":"enforce"}',
  });
  const text = await body.text();
  await client.close();
  if (statusCode !== 200) throw new Error(`the clause is not armed: ${text}`);
}

interface Found {
  readonly delays: Samples;
  /** How often all leases were looked at anew. */
  readonly sweeps: number;
}

/** The first round, in which code runs for the first time, does not count. Each round begins with another kind. */
async function blocks(space: ChainSpace, lifecycle: RunningService, rounds: number): Promise<Found> {
  const { database } = space.running;
  const leased = manyLeases(leases, Date.now(), soonestMs);
  const delays: Samples = { alone: [], vms: [], sweep: [] };
  let [fact, sweeps] = [0, 0];
  for (let round = 0; round <= rounds; round += 1) {
    for (let block = 0; block < kinds.length; block += 1) {
      const kind = kinds[(round + block) % kinds.length] ?? 'alone';
      await know(database, leased, kind);
      const renewals = renewing(database, lifecycle, leased, kind === 'sweep' ? sweepEveryMs : undefined);
      try {
        await pause(betweenBlocksMs);
        for (let each = 0; each < inBlock; each += 1) {
          const delay = await oneFact(space, fact);
          fact += 1;
          if (round > 0) delays[kind].push(delay);
          await settled(space, fact, restMs);
        }
      } finally {
        const done = await renewals.end();
        if (round > 0) sweeps += kind === 'sweep' ? done : 0;
      }
    }
  }
  return { delays, sweeps };
}

/** Puts these among the facts of policy, or takes them away; no row of the facts about the other VMs is touched. */
async function know(database: Database, leased: Leased, kind: Kind): Promise<void> {
  const wanted = {
    vm: kind === 'alone' ? [] : [...leased.vm],
    ownership: kind === 'alone' ? [] : [...leased.ownership],
    lease: kind === 'sweep' ? [...leased.lease] : [],
  };
  await database.transaction(async (tx) => {
    for (const [table, facts] of Object.entries(wanted)) {
      await statement(
        tx,
        `delete from policy.${table} where key in (select jsonb_array_elements_text($1::text::jsonb))`,
        [JSON.stringify([...leased[table as keyof Leased].keys()])],
      );
      await statement(
        tx,
        `insert into policy.${table} (key, state)
          select each ->> 0, each -> 1 from jsonb_array_elements($1::text::jsonb) each`,
        [JSON.stringify(facts)],
      );
    }
  });
  await database.orm.execute('vacuum analyze policy.vm, policy.ownership, policy.lease');
}

/** Renews one lease after the other, `everyMs`; once at the beginning in any case, so that policy loads what there is now. */
function renewing(
  database: Database,
  { log }: RunningService,
  { lease }: Leased,
  everyMs: number | undefined,
): { end(): Promise<number> } {
  const all = [...lease.values()];
  const ending = new AbortController();
  let done = 0;
  const renew = async (each: LeaseFact): Promise<void> => {
    const { lease: id, vm, number } = each;
    const ends = new Date(Date.now() + 14 * 24 * hour).toISOString();
    const data = { lease: id, vm, number, ends, renewals: 1, by: 'owner' as const };
    await database.transaction((tx) => log.append(tx, [newEvent('lease.renewed', `lease/${id}`, data)]));
    done += 1;
  };
  const work = async (): Promise<void> => {
    for (const each of all) {
      await renew(each);
      if (everyMs === undefined) return;
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
    }
  };
  const working = work();
  return {
    async end() {
      ending.abort();
      await working;
      return done;
    },
  };
}

function rowOf({ delays, sweeps }: Found): Row {
  const p99 = (kind: Kind) => quantile(delays[kind], 0.99);
  const shown = (kind: Kind) => `median ${inMs(median(delays[kind]))}, p99 ${inMs(p99(kind))}`;
  const ratio = p99('sweep') / p99('vms');
  const ofMedians = median(delays.sweep) / median(delays.vms);
  return {
    what: `the chain beside ${sweeps} sweeps of ${leases.toLocaleString('en')} leases, one each ${sweepEveryMs / 1000} s after one of them was renewed, PostgreSQL, ${delays.alone.length} facts of each in blocks of ${inBlock} in turns`,
    measured: `${shown('sweep')}: p99 ${ratio.toFixed(2)} × and median ${ofMedians.toFixed(2)} × the reference; without these VMs ${shown('alone')}`,
    target: 'p99 ≤ 1.1 × the reference',
    met: ratio <= 1.1,
    reference: `the same VMs, no lease: ${shown('vms')}`,
  };
}
