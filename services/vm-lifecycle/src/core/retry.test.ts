import { expect, test } from 'vitest';
import { staleIntent } from './retry.ts';

test.each([
  [5_000, 1, true],
  [5_001, 1, false],
  [9_000, 2, true],
  [30_001, 20, false],
])('an intent that took %i ms in attempt %i is sent: %s', (tookMs, attempt, sent) => {
  expect(staleIntent(tookMs, attempt) === undefined).toBe(sent);
});
