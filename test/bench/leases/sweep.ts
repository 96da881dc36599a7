import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { noFacts } from '@huismeester/policy/facts/index';
import type { LeaseFact } from '@huismeester/policy/facts/lease';
import type { Guest } from '@huismeester/policy/facts/vm';
import type { RuleContext } from '@huismeester/policy/rules/define';
import { rule } from '@huismeester/policy/rules/lease/index';
import { decisionSettings } from '@huismeester/policy/settings';
import { inMs, median, type Row } from '../row.ts';
import { settingsOf } from '../settings-of-bench.ts';
import { type Leased, manyLeases } from './many-leases.ts';

const hour = 3_600_000;
/** A Tuesday at noon in Amsterdam: at 18:00 VMs are stopped. */
const noon = Date.parse('2026-11-03T12:00:00+01:00');
const [few, many] = [10_000, 100_000];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the rule takes for one sweep, ms of CPU, by what is new since the one before. */
interface Sweep {
  /** All: as after a start. */
  readonly all: number;
  /** The longest of its steps, between which everything else has its turn. */
  readonly step: number;
  /** One lease, one VM. */
  readonly lease: number;
  readonly vm: number;
  /** Time, which brings a warning for the next of them. */
  readonly time: number;
}

/** Sweeps of the rule `lease` over 10,000 leases and over ten times as many, in turns; nothing else, no database. */
export function leaseSweep(rounds: number): Row {
  // Code that never ran before is not what is measured.
  for (let round = 0; round < 3; round += 1) sweep(few);
  const [of, ofMany]: [Sweep[], Sweep[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    of.push(sweep(few));
    ofMany.push(sweep(many));
  }
  return rowOf(of, ofMany);
}

function sweep(count: number): Sweep {
  const leased = manyLeases(count, noon, hour);
  // Settings of their own: what was found before is kept by them.
  const context = contextOf();
  // What was made up here is not collected while the rule is measured.
  collectGarbage();
  let step = 0;
  const all = timed(() => {
    const steps = rule.ahead?.({ ...noFacts, ...leased }, new Map(), context);
    for (
      let [began, next] = [performance.now(), steps?.next()];
      next;
      next = next.done ? undefined : steps?.next()
    ) {
      const now = performance.now();
      [step, began] = [Math.max(step, now - began), now];
    }
    decide(leased, new Map(), context);
  });
  const { memory } = decide(leased, new Map(), context);
  decide(leased, memory, context);
  const [id = '', first] = leased.lease.entries().next().value ?? [];
  const withLease = {
    ...leased,
    lease: new Map(leased.lease).set(id, { ...first, renewals: 1 } as LeaseFact),
  };
  const lease = timed(() => decide(withLease, memory, context));
  const [vmId = '', guest] = leased.vm.entries().next().value ?? [];
  const withVm = { ...withLease, vm: new Map(leased.vm).set(vmId, { ...guest, askedAt: noon } as Guest) };
  const vm = timed(() => decide(withVm, memory, context));
  const { lookAgainAt = noon } = decide(withVm, memory, context);
  const time = timed(() => decide(withVm, memory, { ...context, now: lookAgainAt }));
  return { all, step, lease, vm, time };
}

function decide(leased: Leased, memory: ReadonlyMap<string, unknown>, context: RuleContext) {
  const outcome = rule.decide({ ...noFacts, ...leased }, memory, context);
  if ('next' in outcome) throw new Error('the rule is asked in steps');
  return outcome;
}

/** ms of CPU of this process. */
function timed(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function rowOf(of: readonly Sweep[], ofMany: readonly Sweep[]): Row {
  const middle = (sweeps: readonly Sweep[], what: keyof Sweep) => median(sweeps.map((sweep) => sweep[what]));
  const shown = (sweeps: readonly Sweep[], what: keyof Sweep) => inMs(middle(sweeps, what));
  const [all, longest] = [middle(of, 'all'), middle(of, 'step')];
  const ratio = middle(ofMany, 'all') / all;
  return {
    what: `the rule lease over ${few.toLocaleString('en')} leases in two weeks, armed, CPU, median of ${of.length}`,
    measured: `all of them are new: ${inMs(all)}, the longest step ${inMs(longest)}; then one lease ${shown(of, 'lease')}, one VM ${shown(of, 'vm')}, time ${shown(of, 'time')}; ${many.toLocaleString('en')} leases take ${ratio.toFixed(1)} × as long`,
    target: 'all ≤ 100 ms, a step ≤ 10 ms, ten times as many ≤ 12 × as long',
    met: all <= 100 && longest <= 10 && ratio <= 12,
    reference: `${many.toLocaleString('en')} leases: all ${shown(ofMany, 'all')}, the longest step ${shown(ofMany, 'step')}, one lease ${shown(ofMany, 'lease')}`,
  };
}

function contextOf(): RuleContext {
  const settings = decisionSettings(
    settingsOf({
      site: { id: 'bench', name: 'Bench' },
      http: {},
      broker: { embedded: {} },
      database: { url: 'postgres://none' },
      mail: { url: 'smtp://127.0.0.1:1', from: 'bench@space.example' },
    }),
  );
  return {
    now: noon,
    startedAt: noon - hour,
    epoch: 'bench',
    settings,
    modes: new Map([['PART-4', 'enforce']]),
    mine: new Map(),
  };
}
