import { expect, test } from 'vitest';
import { oncePerScrape } from './metrics.ts';

test('all gauges of a scrape read once, and those of the next one anew', async () => {
  let reads = 0;
  const read = oncePerScrape(() => {
    reads += 1;
    return reads;
  });
  expect([read(), read(), read()]).toEqual([1, 1, 1]);
  await Promise.resolve();
  expect([read(), read()]).toEqual([2, 2]);
});
