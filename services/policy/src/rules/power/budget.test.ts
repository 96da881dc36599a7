import { describe, expect, it } from 'vitest';
import { defaults, fedBy, minute, PowerSpace, second } from '../../../test/power-space.ts';
import { longestMs } from './budget.ts';

describe('the longest that shutdowns take', () => {
  it('is the longest one alone, and their sum one after the other', () => {
    expect(longestMs([], 4)).toBe(0);
    expect(longestMs([5, 3], 4)).toBe(5 + 3 / 4);
    expect(longestMs([5, 3], 1)).toBe(8);
  });

  it('is never shorter than any order makes it', () => {
    // Four at once: the long one begins last.
    expect(longestMs([1, 1, 1, 1, 10], 4)).toBeGreaterThanOrEqual(11);
  });
});

const crowded = (count: number): PowerSpace =>
  new PowerSpace(Array.from({ length: count }, (_, index) => [String(100 + index), 'core'] as const));

it('begins with core early enough for all of it to end before the battery does', () => {
  const space = crowded(40);
  space.settings = {
    ...defaults,
    plan: { ...defaults.plan, reserveMs: minute },
    nodes: fedBy({ pve1: ['rack'] }, { ownShutdownMs: 2 * minute }),
  };
  // 40 guests, 4 at once, a minute each: at most 10 min 45 s, then 2 min for the node and 1 min kept back.
  const needed = 10 * minute + 45 * second + 3 * minute;
  space.ups('ups.on-battery', { runtime_s: 30 * 60 }).after(30 * minute - needed);
  expect(space.decided()).toEqual([]);
  expect(space.after(second).decided()).toHaveLength(40);
  expect(space.why(space.of('100'))).toMatch(/what is left to do takes 825 s/);
});

it('plans with what a guest needed last time', () => {
  const space = crowded(1).ups('ups.on-battery', { runtime_s: 3600 }).ups('ups.battery-low', {});
  space.vm('vm.power-requested', '100', { act: 'shutdown' });
  space.now += 8 * minute;
  space.vm('vm.stopped', '100', { cause: 'huismeester' });
  expect(space.facts.vm.get('100')?.shutdownMs).toBe(8 * minute);
  space
    .ups('ups.on-mains', { charge_pct: 90 })
    .after(10 * minute)
    .starts('100')
    .after(minute);
  space.decided();
  space.ups('ups.on-battery', { runtime_s: 20 * 60 }).after(8 * minute + second);
  expect(space.decided()).toEqual(['100 stopped']);
});

describe('a UPS that tells neither runtime nor charge', () => {
  it('is judged by the time on battery', () => {
    const space = new PowerSpace([
      ['101', 'core'],
      ['110', 'space-wide'],
      ['120', 'participant'],
    ]).ups('ups.on-battery', {});
    expect(space.after(3 * minute).decided()).toEqual(['120 stopped']);
    expect(space.after(2 * minute).decided()).toEqual(['110 stopped']);
    expect(space.after(2 * minute).decided()).toEqual(['101 stopped']);
    expect(space.of('101')?.reasons[0]?.code).toBe('unread');
  });

  it('is not, as long as it tells its charge; but is once nobody reads that any more', () => {
    const space = new PowerSpace([['101', 'core']]).ups('ups.on-battery', { charge_pct: 80 });
    for (let at = 0; at < 30; at += 1)
      space.after(15 * second).ups('ups.battery-reading', { charge_pct: 80 });
    expect(space.decided()).toEqual([]);
    expect(space.after(2 * minute).decided()).toEqual(['101 stopped']);
  });
});

it('does not look at each millisecond at a battery that should be empty, where no limit is left to be reached', () => {
  const plan = {
    ...defaults.plan,
    below: {
      'space-wide': { ...defaults.plan.below['space-wide'], runtimeMs: 0 },
      core: { ...defaults.plan.below.core, runtimeMs: 0 },
    },
  };
  const space = new PowerSpace([['120', 'participant']]);
  space.settings = { ...defaults, plan };
  space.ups('ups.on-battery', { runtime_s: 4 * 60 }).after(3 * minute);
  expect(space.decided()).toEqual(['120 stopped']);
  space.vm('vm.stopped', '120', { cause: 'huismeester' }).after(2 * minute);
  expect(space.last?.lookAgainAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(space.now + second);
});
