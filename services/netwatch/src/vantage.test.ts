import { systemClock } from '@huismeester/clock';
import { expect, test } from 'vitest';
import { nowOf } from './clock.ts';
import type { Signal } from './core/world.ts';
import { createVantage } from './vantage.ts';

interface Fallen {
  readonly signals: readonly Signal[];
  readonly lookedAt: readonly string[];
}

/** What silence for 11 s leads to, of a gateway and a service, each asked by a probe at one of these hosts; another has just answered. */
function silence(hosts: Readonly<Record<string, string>>, hasGateway = true): Fallen {
  const signals: Signal[] = [];
  const lookedAt: string[] = [];
  let ms = 0;
  const clock = { ...systemClock, now: () => new Date(ms), monotonicMs: () => ms };
  const hostsOf = (thing: string) => [hosts[thing] ?? ''];
  const lookAt = (thing: string) => lookedAt.push(thing);
  const reports = { post: (more: readonly Signal[]) => signals.push(...more) };
  const vantage = createVantage(reports, { clock, hasGateway, hostsOf, lookAt, lost: false });
  vantage.asked('probe/lan', { gateway: false, answered: true, began: nowOf(clock) });
  for (ms of [0, 6_000, 11_000]) {
    for (const thing of ['probe/gateway', 'probe/dns'])
      vantage.asked(thing, { gateway: thing === 'probe/gateway', answered: false, began: nowOf(clock) });
  }
  return { signals, lookedAt };
}

const oneRouter = { 'probe/gateway': '192.0.2.1', 'probe/dns': '192.0.2.1', 'probe/lan': '192.0.2.3' };
const twoMachines = { ...oneRouter, 'probe/dns': '192.0.2.2' };

test('two probes of one silent router are one machine that was asked', () => {
  expect(silence(oneRouter).signals).toEqual([]);
  expect(silence(twoMachines).signals).toMatchObject([{ kind: 'vantage-lost', asked: 2 }]);
});

test('what answered is looked at again, once, before it is lost; without a gateway it never is', () => {
  expect(silence(twoMachines).lookedAt).toEqual(['probe/lan']);
  expect(silence(twoMachines, false).lookedAt).toEqual([]);
});
