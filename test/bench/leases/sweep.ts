import { noFacts } from '@huismeester/policy/facts/index';
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

/** What the rule takes for one sweep, ms of CPU, by what is new since the one before. */
interface Sweep {
  /** A lease: everything is looked at. */
  readonly first: number;
  /** One VM. */
  readonly oneVm: number;
  /** Time, which brings a warning for the next of them. */
  readonly time: number;
}

/** Sweeps of the rule `lease` over 10,000 leases and over ten times as many, in turns; nothing else, no database. */
export function leaseSweep(rounds: number): Row {
  const context = contextOf();
  // Code that never ran before is not what is measured.
  for (let round = 0; round < 3; round += 1) sweep(few, context);
  const [of, ofMany]: [Sweep[], Sweep[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    of.push(sweep(few, context));
    ofMany.push(sweep(many, context));
  }
  return rowOf(of, ofMany);
}

function sweep(count: number, context: RuleContext): Sweep {
  const leased = manyLeases(count, noon, hour);
  const { memory } = decide(leased, new Map(), context);
  // As after an event about a lease: all maps are new, so nothing of the look before is used.
  const known = { ...leased, lease: new Map(leased.lease) };
  const first = timed(() => decide(known, memory, context));
  const [id = '', guest] = leased.vm.entries().next().value ?? [];
  const vm = new Map(leased.vm).set(id, { ...guest, askedAt: noon } as Guest);
  const oneVm = timed(() => decide({ ...known, vm }, memory, context));
  const { lookAgainAt = noon } = decide({ ...known, vm }, memory, context);
  const time = timed(() => decide({ ...known, vm }, memory, { ...context, now: lookAgainAt }));
  return { first, oneVm, time };
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

const allOf = ({ first, oneVm, time }: Sweep) => first + oneVm + time;
const longestOf = ({ first, oneVm, time }: Sweep) => Math.max(first, oneVm, time);

function rowOf(of: readonly Sweep[], ofMany: readonly Sweep[]): Row {
  const middle = (sweeps: readonly Sweep[], what: (sweep: Sweep) => number) => median(sweeps.map(what));
  const [all, longest] = [middle(of, allOf), middle(of, longestOf)];
  const ratio = middle(ofMany, allOf) / all;
  const [first, oneVm, time] = (['first', 'oneVm', 'time'] as const).map((what) =>
    inMs(middle(of, (sweep) => sweep[what])),
  );
  return {
    what: `the rule lease over ${few.toLocaleString('en')} leases in two weeks, armed: a lease is new, then one VM, then time, CPU, median of ${of.length}`,
    measured: `${inMs(all)} in all: ${first}, ${oneVm} and ${time}; at once at most ${inMs(longest)}; ${many.toLocaleString('en')} leases take ${ratio.toFixed(1)} × as long`,
    target: '≤ 100 ms in all, ten times as many ≤ 12 × as long',
    met: all <= 100 && ratio <= 12,
    reference: `${many.toLocaleString('en')} leases: ${inMs(middle(ofMany, allOf))} in all, at once at most ${inMs(middle(ofMany, longestOf))}`,
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
