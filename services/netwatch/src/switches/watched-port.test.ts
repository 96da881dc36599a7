import { expect, it } from 'vitest';
import { noFlaps } from '../core/flaps.ts';
import type { PortCounters } from './if-counters.ts';
import { count, forgetRates, newWatchedPort } from './watched-port.ts';

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
    const said = count(port, 'sw1', read(i, more), undefined);
    return [port.speed_bps, ...said.map(({ type }) => type)];
  });
  expect(seen).toEqual([[1e9], [undefined], [1e9], [1e8, 'port.speed-changed']]);
});

it('rates that could not be read are forgotten, and what is shown stays the same value when there were none', () => {
  const port = newPort();
  for (const s of [0, 10]) count(port, 'sw1', read(s, {}), undefined);
  expect(port.rates).toEqual({ in_bps: 8_000 });
  forgetRates(port);
  const { rates } = port;
  forgetRates(port);
  expect([port.rates, port.rates === rates]).toEqual([{}, true]);
  count(port, 'sw1', read(30, {}), undefined);
  expect(port.rates).toEqual({});
});
