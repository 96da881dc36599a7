import { expect, it } from 'vitest';
import type { Outcome, Steps } from '../rules/define.ts';
import { inSlices } from './slices.ts';

const outcome = { memory: new Map() } as unknown as Outcome<never>;

/** Goes on for so long before each step's end, ms. */
function* busy(...lengths: readonly number[]): Steps<never> {
  for (const ms of lengths) {
    const end = performance.now() + ms;
    while (performance.now() < end);
    yield;
  }
  return outcome;
}

it('lets everything else have its turn between slices', async () => {
  let turns = 0;
  let next: NodeJS.Immediate;
  const others = () => {
    turns += 1;
    next = setImmediate(others);
  };
  next = setImmediate(others);
  const found = await inSlices(() => busy(...Array.from({ length: 20 }, () => 4)));
  clearImmediate(next);
  expect(found.outcome).toBe(outcome);
  // No more than three of the twenty fit into a slice of 10 ms, which ends in the middle of a step.
  expect(turns).toBeGreaterThanOrEqual(6);
});

it('says for how long a rule went on without a break', async () => {
  expect((await inSlices(() => busy(1, 60, 1))).longestMs).toBeGreaterThanOrEqual(60);
  const atOnce = () => {
    busy(60).next();
    return outcome;
  };
  expect((await inSlices(atOnce)).longestMs).toBeGreaterThanOrEqual(60);
});
