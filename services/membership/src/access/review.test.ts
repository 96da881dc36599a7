import { expect, test } from 'vitest';
import { everyMsOf } from './review.ts';
import { mostMs } from './wiki.ts';

test.each([
  { every: '10m', most: undefined, minutes: 10 },
  { every: '24h', most: undefined, minutes: 24 * 60 },
  { every: '10m', most: mostMs, minutes: 10 },
  // A new administrator of the wiki is known within an hour.
  { every: '24h', most: mostMs, minutes: 30 },
])('a source is looked at every $minutes minutes by access.every of $every', ({ every, most, minutes }) => {
  expect(everyMsOf({ ...(most !== undefined && { mostMs: most }) }, { every })).toBe(minutes * 60_000);
});
