import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pause } from './clock.ts';
import { createRatedClock } from './rated-clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

test('civil time, monotonic time and timers go at the rate', () => {
  const clock = createRatedClock({ rate: 10 });
  const began = clock.monotonicMs();
  const due: number[] = [];
  clock.after(60_000, () => due.push(clock.monotonicMs() - began));
  vi.advanceTimersByTime(5_999);
  expect(due).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(due).toEqual([60_000]);
  expect(clock.now()).toEqual(new Date('2026-11-22T12:01:00Z'));
});

test('a change of the rate holds for timers that wait already, and time never jumps', () => {
  const clock = createRatedClock();
  const began = clock.monotonicMs();
  let isDue = false;
  clock.after(60_000, () => {
    isDue = true;
  });
  vi.advanceTimersByTime(10_000);
  clock.setRate(50);
  expect(clock.monotonicMs() - began).toBe(10_000);
  vi.advanceTimersByTime(999);
  expect(isDue).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isDue).toBe(true);
  clock.setRate(1);
  expect(clock.now()).toEqual(new Date('2026-11-22T12:01:00Z'));
});

test('clocks that were right at the same time agree, whenever they are made', () => {
  const since = Date.now();
  const one = createRatedClock({ rate: 20, since });
  vi.advanceTimersByTime(3_000);
  const other = createRatedClock({ rate: 20, since });
  expect(other.now()).toEqual(one.now());
});

test('what is prevented does not come, and a pause ends with its signal', async () => {
  const clock = createRatedClock({ rate: 2 });
  let came = false;
  clock.after(10, () => {
    came = true;
  })();
  const abort = new AbortController();
  const pausing = pause(clock, 1_000, abort.signal);
  vi.advanceTimersByTime(100);
  expect(came).toBe(false);
  abort.abort();
  await pausing;
  expect(vi.getTimerCount()).toBe(0);
});

test('a rate that is none is refused', () => {
  for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => createRatedClock({ rate })).toThrow(`found ${rate}, allowed: a number above 0`);
  }
});
