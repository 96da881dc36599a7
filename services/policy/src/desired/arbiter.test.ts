import { describe, expect, it } from 'vitest';
import { armed, fullBattery, hour, minute, PowerSpace, second } from '../../test/power-space.ts';
import { type Act, type AnyRule, defineRule, type Opinion } from '../rules/define.ts';
import { rule as keepRunning } from '../rules/keep-running/index.ts';
import { rule as power } from '../rules/power/index.ts';
import { targetOfVm } from './target.ts';

/** A lease rule as far as the arbiter sees it: participants' VMs whose lease ended are to be off. */
class Lease {
  readonly ended = new Set<string>();
  readonly rule: AnyRule = defineRule({
    name: 'lease',
    clauses: new Map([['PART-4', 'VMs whose lease ended are shut down']]),
    reads: ['vm'],
    violationKinds: [],
    tiers: ['lease'],
    row: {},
    maySpeakOf: ({ vm }) =>
      [...vm.values()].filter((guest) => guest.class === 'participant').map((guest) => targetOfVm(guest.vm)),
    decide: () => {
      const opinions: Opinion[] = [...this.ended].map((vm) => stop(vm));
      return {
        opinions,
        memory: new Map(),
        events: [],
        notices: [],
        violations: { found: [], undecided: [] },
        clauses: new Map(),
      };
    },
  });
}

function stop(vm: string): Act {
  return {
    kind: 'act',
    target: targetOfVm(vm),
    tier: 'lease',
    state: 'stopped',
    clause: 'PART-4',
    reasons: [],
    evidence: [],
  };
}

const all = new Map([...armed, ['lease/PART-4', 'enforce'], ['keep-running/SPACE-3', 'enforce']] as const);

function house(modes: PowerSpace['modes'] = all): { space: PowerSpace; lease: Lease } {
  const lease = new Lease();
  const space = new PowerSpace([
    ['101', 'core'],
    ['110', 'space-wide'],
    ['120', 'participant'],
  ]);
  space.rules = [power, lease.rule, keepRunning];
  space.modes = modes;
  return { space, lease };
}

const without = (...names: string[]) => new Map([...all].filter(([name]) => !names.includes(name)));
const of = (space: PowerSpace, vm: string) => space.decided().filter((each) => each.startsWith(vm));
/** A cut in which all have gone at once, and are off. */
const shed = (space: PowerSpace): PowerSpace =>
  space
    .ups('ups.on-battery', fullBattery)
    .ups('ups.battery-low', { charge_pct: 60 })
    .stops('101', '110', '120');

describe('the nine scenarios of the arbiter', () => {
  it('power in dry-run masks no armed lease: it stops the VM, and the wish of power is a rehearsal', () => {
    const { space, lease } = house(without('power/SPACE-3'));
    space.ups('ups.on-battery', fullBattery).after(3 * minute);
    expect(of(space, '120')).toEqual(['120 stopped?']);
    lease.ended.add('120');
    space.look();
    expect(of(space, '120')).toEqual(['120 stopped']);
    expect(space.of('120')).toMatchObject({ rule: 'lease', tier: 'lease', generation: 1, clause: 'PART-4' });
    expect(space.rehearsed('120')).toMatchObject({ rule: 'power', state: 'stopped' });
  });

  it('a hold has no mode: a held VM is not shed on a site where power alone is armed', () => {
    const { space } = house(armed);
    space
      .hold('120', hour)
      .ups('ups.on-battery', fullBattery)
      .after(10 * minute);
    expect(of(space, '120')).toEqual(['120 hands-off']);
    expect(space.of('120')).toMatchObject({ rule: 'hold', tier: 'hold' });
  });

  it('a stop is a bar once the VM was seen off: what a person starts in a cut of 25 min stays on', () => {
    const { space } = house();
    space
      .ups('ups.on-battery', { charge_pct: 100, runtime_s: 36_000 })
      .after(3 * minute)
      .stops('120');
    space
      .after(5 * minute)
      .starts('120')
      .after(17 * minute);
    expect(of(space, '120')).toEqual(['120 stopped']);
  });

  it('what was shed is barred until mains is trusted, and then started by the restore', () => {
    const { space } = house();
    shed(space)
      .after(4 * minute)
      .ups('ups.on-mains', { charge_pct: 60 })
      .decided();
    space.after(5 * minute - second);
    expect(of(space, '110')).toEqual([]);
    space.after(second).starts('101');
    expect(of(space, '110')).toEqual(['110 running']);
    expect(space.of('110')).toMatchObject({ rule: 'power', tier: 'restore' });
  });

  it('a lease that ended in the cut stands above the restore: the VM stays off', () => {
    const { space, lease } = house();
    shed(space)
      .after(2 * minute)
      .decided();
    lease.ended.add('120');
    space
      .after(2 * minute)
      .ups('ups.on-mains', { charge_pct: 60 })
      .after(5 * minute)
      .starts('101', '110');
    space.after(hour);
    expect(of(space, '120')).toEqual([]);
  });

  it('the same with the lease in dry-run: the restore starts it, and the wish of the lease is a rehearsal', () => {
    const { space, lease } = house(without('lease/PART-4'));
    shed(space)
      .after(2 * minute)
      .decided();
    lease.ended.add('120');
    space
      .after(2 * minute)
      .ups('ups.on-mains', { charge_pct: 60 })
      .after(5 * minute)
      .starts('101', '110');
    expect(of(space, '120')).toEqual(['120 running', '120 stopped?']);
    expect(space.rehearsed('120')).toMatchObject({ rule: 'lease', clause: 'PART-4' });
  });

  it('a hold over the time at which mains is trusted does not count: the VM is started when it ends', () => {
    const { space } = house();
    shed(space)
      .after(2 * minute)
      .hold('120', 14 * minute)
      .decided();
    space
      .after(2 * minute)
      .ups('ups.on-mains', { charge_pct: 60 })
      .after(5 * minute)
      .starts('101', '110');
    space.after(7 * minute - 1);
    expect(of(space, '120')).toEqual([]);
    space.after(1);
    expect(of(space, '120')).toEqual(['120 running']);
  });

  it('power that throws is silent: keep-running starts nothing on battery', () => {
    const { space } = house();
    shed(space)
      .after(5 * minute)
      .decided();
    space.rules = space.rules.map((rule) =>
      rule.name === 'power'
        ? {
            ...rule,
            decide: () => {
              throw new Error('a bug');
            },
          }
        : rule,
    );
    space.after(hour);
    expect(space.decided()).toEqual([]);
    expect([...(space.last?.silent.keys() ?? [])]).toEqual(['power']);
    expect(space.last?.thrown.get('power')).toMatchObject({ message: 'a bug' });
    expect(space.last?.violations.has('power')).toBe(false);
  });

  it('a lease whose source is away is silent: its stop is not made anew against an owner with a new lease', () => {
    const { space, lease } = house();
    lease.ended.add('120');
    space.look();
    expect(of(space, '120')).toEqual(['120 stopped']);
    space.closed = new Map([['lease', { why: 'it waits for its source', since: space.now }]]);
    space.after(minute).stops('120').after(minute).starts('120').after(hour);
    expect(of(space, '120')).toEqual([]);
    expect(space.of('120')?.generation).toBe(1);
  });
});
