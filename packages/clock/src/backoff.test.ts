import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('the pause doubles with each failure, up to the longest', () => {
  const limits = { firstMs: 250, longestMs: 30_000 };
  expect([1, 2, 3, 4].map((failures) => backoffMs(failures, limits))).toEqual([250, 500, 1_000, 2_000]);
  expect([8, 5_000].map((failures) => backoffMs(failures, limits))).toEqual([30_000, 30_000]);
});
