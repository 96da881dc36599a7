import { describe, expect, it, test } from 'vitest';
import { type Counters, countErrors, type ErrorSamples, isDue, ratesBetween } from './counters.ts';

const at = (s: number) => ({ time: s * 1000, ms: s * 1000 });
const wide = (s: number, octets: number | bigint, more: Partial<Counters> = {}): Counters => ({
  wide: true,
  inOctets: BigInt(octets),
  outOctets: 0n,
  at: at(s),
  ...more,
});
const narrow = (s: number, octets: number, more: Partial<Counters> = {}): Counters => ({
  ...wide(s, octets, more),
  wide: false,
});
const mbps = 1e6;

describe('rates', () => {
  it('are bits a second by our own clock', () => {
    expect(ratesBetween(wide(0, 1_000), wide(10, 2_200), 1e9)).toEqual({ in_bps: 960, out_bps: 0 });
    const stands = { ticks: 500 };
    expect(ratesBetween(wide(0, 0, stands), wide(10, 1_200, stands), 1e9).in_bps).toBe(960);
  });

  it('of 64 bits that went back were reset: no sample, then one again', () => {
    const looks = [wide(0, 9_100_000_000_000_000n), wide(10, 1_200), wide(20, 2_400)] as const;
    expect(ratesBetween(looks[0], looks[1], 1e9).in_bps).toBeUndefined();
    expect(ratesBetween(looks[1], looks[2], 1e9).in_bps).toBe(960);
  });

  it('of 32 bits wrap, if that fits the speed', () => {
    const grown = 2 ** 32 - 4_294_900_000 + 30_000;
    expect(ratesBetween(narrow(0, 4_294_900_000), narrow(10, 30_000), 100 * mbps).in_bps).toBe(
      (grown * 8) / 10,
    );
    expect(ratesBetween(narrow(0, 2_000_000_000), narrow(10, 1_000), 100 * mbps).in_bps).toBeUndefined();
    expect(ratesBetween(narrow(0, 4_294_900_000), narrow(10, 30_000), undefined).in_bps).toBeUndefined();
  });

  it('at a wrap may be 1.05 times the speed', () => {
    const octets = (bps: number) => Math.round((bps * 10) / 8);
    const from = 2 ** 32 - 1_000;
    const after = (bps: number) => narrow(10, octets(bps) - 1_000);
    expect(ratesBetween(narrow(0, from), after(104 * mbps), 100 * mbps).in_bps).toBeCloseTo(104 * mbps, -1);
    expect(ratesBetween(narrow(0, from), after(106 * mbps), 100 * mbps).in_bps).toBeUndefined();
  });

  it.each([
    ['a discontinuity', { discontinuity: 0 }, { discontinuity: 7 }],
    ['an uptime that went back', { ticks: 900 }, { ticks: 100 }],
  ])('are none over %s, though they grew', (_, before, after) => {
    expect(ratesBetween(wide(0, 1_000, before), wide(10, 2_000, after), 1e9)).toEqual({});
    expect(ratesBetween(narrow(0, 4_294_900_000, before), narrow(10, 30_000, after), 1e9)).toEqual({});
  });

  it('are none when the agent changes from 32 to 64 bits, or has no octets', () => {
    expect(ratesBetween(narrow(0, 1_000), wide(10, 2_000), 1e9)).toEqual({});
    const without: Counters = { wide: false, at: at(10) };
    expect(ratesBetween(without, { ...without, at: at(20) }, 1e9)).toEqual({});
  });

  it('of one direction stand without the other', () => {
    const reset = wide(10, 5, { outOctets: 1_000n });
    expect(ratesBetween(wide(0, 100), reset, 1e9)).toEqual({ out_bps: 800 });
  });
});

describe('errors are rising', () => {
  /** Errors and packets, read every 10 s. */
  function rises(readings: readonly (readonly [errors: number, packets: number])[]): boolean[] {
    let samples: ErrorSamples = [];
    return readings.map(([errors, packets], i) => {
      const step = countErrors(samples, { wide: true, errors, packets, at: at(i * 10) });
      samples = step.samples;
      return step.rising !== undefined;
    });
  }

  it('over 100 and over 1 in 1,000 packets', () => {
    const errors = [
      [0, 0],
      [100, 1_000],
      [101, 1_000],
    ] as const;
    expect(rises(errors)).toEqual([false, false, true]);
    const few = [
      [0, 0],
      [150, 150_000],
      [160, 150_000],
    ] as const;
    expect(rises(few)).toEqual([false, false, true]);
  });

  it('in five minutes, no longer', () => {
    const slow = Array.from({ length: 100 }, (_, i) => [i * 3, i * 100] as const);
    expect(rises(slow)).not.toContain(true);
    const faster = Array.from({ length: 100 }, (_, i) => [i * 5, i * 100] as const);
    expect(rises(faster)).toContain(true);
  });

  it('not by what was counted before a reset', () => {
    expect(
      rises([
        [0, 0],
        [90, 900],
        [5, 0],
        [95, 900],
      ]),
    ).not.toContain(true);
  });

  it('as far as the agent counts both', () => {
    expect(countErrors([{ ms: 0, errors: 0, packets: 0 }], { wide: true, errors: 999, at: at(10) })).toEqual({
      samples: [],
    });
  });
});

test('a thing is due once a day, also after the clock was set back', () => {
  const day = 86_400_000;
  expect([undefined, day].map((said) => isDue(said, 2 * day))).toEqual([true, true]);
  expect(isDue(day, 2 * day - 1)).toBe(false);
  expect(isDue(2 * day, day)).toBe(true);
});
