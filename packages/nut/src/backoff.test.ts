import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

it('lets the first retry go at once, then waits longer and longer, up to the cap', () => {
  const backoff = new Backoff(500);
  expect(backoff.waitMs(0)).toBe(0);
  const waits = [1, 2, 3, 4, 5, 6].map((now) => {
    backoff.failed(now);
    return backoff.waitMs(now);
  });
  expect(waits).toEqual([0, 100, 200, 400, 500, 500]);
});

it('counts the time that passed, and starts anew after a success', () => {
  const backoff = new Backoff(500);
  backoff.failed(0);
  backoff.failed(0);
  expect(backoff.waitMs(60)).toBe(40);
  expect(backoff.waitMs(100)).toBe(0);
  backoff.failed(100);
  backoff.succeeded();
  expect(backoff.waitMs(101)).toBe(0);
  backoff.failed(101);
  expect(backoff.waitMs(101)).toBe(0);
});
