import { expect, test } from 'vitest';
import { retryAfterMs } from './task-runs.ts';

test('the pause before the next attempt doubles, up to 30 s', () => {
  expect([1, 2, 3, 4].map(retryAfterMs)).toEqual([250, 500, 1_000, 2_000]);
  expect(retryAfterMs(8)).toBe(30_000);
  expect(retryAfterMs(5_000)).toBe(30_000);
});
