import { test } from 'vitest';
import { crowd } from './crowd.ts';

test('a hundred people at once: a number each, no more than their quota, and nobody else’s VM is touched', {
  timeout: 300_000,
}, async () => {
  await crowd(100);
});
