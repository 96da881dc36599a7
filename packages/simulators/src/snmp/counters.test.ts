import { handClock } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { createCounters } from './counters.ts';

it('counters grow with the clock while traffic flows, and lose nothing when the rate changes', () => {
  const clock = handClock();
  const counters = createCounters(clock, true);
  const octets = () => counters.read('inOctets', clock.monotonicMs());
  counters.setRates({ inOctets: 0.4 });
  clock.advance(1_000);
  expect(octets()).toBe(0n);
  counters.setRates({ inOctets: 0.6 });
  clock.advance(1_000);
  expect(octets()).toBe(1n);
  counters.setFlowing(false);
  clock.advance(60_000);
  expect(octets()).toBe(1n);
  counters.set({ inOctets: 2n ** 60n });
  counters.add({ inOctets: 5 });
  counters.setRates({ inOctets: 125_000_000 });
  counters.setFlowing(true);
  clock.advance(10_000);
  expect(octets()).toBe(2n ** 60n + 5n + 1_250_000_000n);
  counters.reset();
  clock.advance(1_000);
  expect(octets()).toBe(125_000_000n);
  expect(counters.read('outOctets', clock.monotonicMs())).toBe(0n);
});
