import { expect, it } from 'vitest';
import { createHints } from './hints.ts';

it('takes at most 10 traps in any second, and counts the others', () => {
  let ms = 0;
  let looks = 0;
  const clock = { now: () => new Date(ms), monotonicMs: () => ms, after: () => () => undefined };
  const hints = createHints(clock, () => {
    looks += 1;
  });
  const takeAt = (at: number, count: number) => {
    ms = at;
    return Array.from({ length: count }, () => hints.take()).filter(Boolean).length;
  };
  expect([takeAt(900, 12), takeAt(1_100, 12), takeAt(1_899, 1)]).toEqual([10, 0, 0]);
  expect([takeAt(1_900, 4), takeAt(2_500, 12), takeAt(2_900, 12)]).toEqual([4, 6, 4]);
  expect([hints.taken, hints.dropped, looks]).toEqual([24, 29, 24]);
});
