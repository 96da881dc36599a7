import { systemClock } from '@huismeester/clock';
import { expect, test } from 'vitest';
import { nowOf } from './clock.ts';
import type { Signal } from './core/world.ts';
import { createVantage } from './vantage.ts';

/** What silence for 11 s signals of a gateway and a service, each asked by a probe at one of these hosts. */
function silence(hosts: Readonly<Record<string, string>>): Signal[] {
  const signals: Signal[] = [];
  let ms = 0;
  const clock = { ...systemClock, now: () => new Date(ms), monotonicMs: () => ms };
  const hostsOf = (thing: string) => [hosts[thing] ?? ''];
  const reports = { post: (more: readonly Signal[]) => signals.push(...more) };
  const vantage = createVantage(reports, { clock, hasGateway: true, hostsOf, lost: false });
  for (ms of [0, 11_000]) {
    for (const thing of ['probe/gateway', 'probe/dns'])
      vantage.asked(thing, { gateway: thing === 'probe/gateway', answered: false, began: nowOf(clock) });
  }
  return signals;
}

test('two probes of one silent router are one machine that was asked', () => {
  expect(silence({ 'probe/gateway': '192.0.2.1', 'probe/dns': '192.0.2.1' })).toEqual([]);
  expect(silence({ 'probe/gateway': '192.0.2.1', 'probe/dns': '192.0.2.2' })).toMatchObject([
    { kind: 'vantage-lost', asked: 2 },
  ]);
});
