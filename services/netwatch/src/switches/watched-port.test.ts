import { describe, expect, it } from 'vitest';
import { noFlaps } from '../core/flaps.ts';
import type { PortCounters } from './if-counters.ts';
import { count, forgetRates, memoryOf, newWatchedPort } from './watched-port.ts';

const newPort = () => {
  const known = { id: 'te1', label: 'te1', ifIndex: 1 };
  const port = newWatchedPort('port/sw1/te1', known, { memory: {}, said: undefined });
  port.watch = { flaps: noFlaps, row: { admin: 1, oper: 1 } };
  return port;
};
const at = (s: number) => ({ time: s * 1000, ms: s * 1000 });
const read = (s: number, more: Partial<PortCounters>): PortCounters => ({
  wide: true,
  inOctets: BigInt(s * 1_000),
  at: at(s),
  ...more,
});

it('a port that becomes faster than its switch can say has no speed, and says nothing of it', () => {
  const port = newPort();
  const speeds = [{ speed_bps: 1e9 }, { isTooFast: true as const }, { speed_bps: 1e9 }, { speed_bps: 1e8 }];
  const seen = speeds.map((more, i) => {
    const said = count(port, 'sw1', read(i, more), { quiet: false });
    return [port.speed_bps, ...said.map(({ type }) => type)];
  });
  expect(seen).toEqual([[1e9], [undefined], [1e9], [1e8, 'port.speed-changed']]);
});

it('rates that could not be read are forgotten, and what is shown stays the same value when there were none', () => {
  const port = newPort();
  for (const s of [0, 10]) count(port, 'sw1', read(s, {}), { quiet: false });
  expect(port.rates).toEqual({ in_bps: 8_000 });
  forgetRates(port);
  const { rates } = port;
  forgetRates(port);
  expect([port.rates, port.rates === rates]).toEqual([{}, true]);
  count(port, 'sw1', read(30, {}), { quiet: false });
  expect(port.rates).toEqual({});
});

describe.each([
  ['its switch restarts', true, false],
  ['it flaps', false, true],
])('while %s', (_, quiet, flapping) => {
  /** Counts at one speed after another: what was said, by the number of the look; the last looks are no more held back. */
  function saidOf(
    speeds: readonly (number | 'down')[],
    heldBack: number,
    more: (i: number) => object = () => ({}),
  ) {
    const port = newPort();
    return speeds.flatMap((speed, i) => {
      const isHeld = i > 0 && i <= heldBack;
      port.watch = {
        flaps: { times: [], flapping: flapping && isHeld },
        row: { admin: 1, oper: speed === 'down' ? 2 : 1 },
      };
      const counters = read(i * 60, { ...(speed !== 'down' && { speed_bps: speed }), ...more(i) });
      const said = count(port, 'sw1', counters, { quiet: quiet && isHeld });
      return said.map(({ type, data }) => [i, type, 'to_bps' in data ? [data.from_bps, data.to_bps] : data]);
    });
  }

  it('a speed that ends up different is said once, after that', () => {
    expect(saidOf([1e9, 1e8, 1e7, 1e8, 1e8, 1e8], 3)).toEqual([[4, 'port.speed-changed', [1e9, 1e8]]]);
  });

  it('a speed that ends as it was says nothing', () => {
    expect(saidOf([1e9, 1e8, 1e9, 1e9], 1)).toEqual([]);
    expect(saidOf([1e9, 1e8, 1e9, 1e9], 2)).toEqual([]);
  });

  it('a port that is down after that is compared once it is up', () => {
    expect(saidOf([1e9, 1e8, 'down', 1e8], 1)).toEqual([[3, 'port.speed-changed', [1e9, 1e8]]]);
    expect(saidOf([1e9, 1e8, 'down', 1e9], 1)).toEqual([]);
  });

  it('errors are counted from then on, and not those of that time', () => {
    const errors = (i: number) => ({ errors: i * 200, packets: 1_000 });
    expect(saidOf([1e9, 1e9, 1e9, 1e9, 1e9], 2, errors)).toEqual([
      [4, 'port.errors-rising', { switch: 'sw1', port: 'te1', errors: 200, packets: 0 }],
    ]);
  });

  it('what outlasts a restart of this process is the speed from before', () => {
    const port = newPort();
    count(port, 'sw1', read(0, { speed_bps: 1e9 }), { quiet: false });
    port.watch = { ...port.watch, flaps: { times: [], flapping } };
    count(port, 'sw1', read(1, { speed_bps: 1e8 }), { quiet });
    expect([port.speed_bps, memoryOf(port).speed_bps]).toEqual([1e8, 1e9]);
  });
});
