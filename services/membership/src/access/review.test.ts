import { expect, test } from 'vitest';
import { everyMsOf } from './review.ts';
import { longestEveryMs } from './wiki.ts';

test.each([
  { every: '10m', most: undefined, minutes: 10 },
  { every: '24h', most: undefined, minutes: 24 * 60 },
  { every: '10m', most: longestEveryMs, minutes: 10 },
  // A new administrator of the wiki is known within an hour.
  { every: '24h', most: longestEveryMs, minutes: 30 },
])('a source is looked at every $minutes minutes by access.every of $every', ({ every, most, minutes }) => {
  expect(everyMsOf({ ...(most !== undefined && { longestEveryMs: most }) }, { every })).toBe(
    minutes * 60_000,
  );
});
