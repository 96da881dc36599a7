import { test } from 'vitest';
import { crowd } from './crowd.ts';

// A hundred are in crowd.long.ts.
test('many people at once: a number each, no more than their quota, and nobody else’s VM is touched', {
  timeout: 240_000,
}, async () => {
  await crowd(20);
});
