import { expect, test } from 'vitest';
import { halfHourMs, halfHoursOf, type KnownSpan } from './half-hours.ts';

const until = 100 * halfHourMs;
/** A span by half hours before the end of the day. */
const span = (state: KnownSpan['state'], from: number, to?: number): KnownSpan => ({
  state,
  from: until - from * halfHourMs,
  until: to === undefined ? null : until - to * halfHourMs,
});
const unknown = { up_ratio: 0, down_ratio: 0 };

test('a day is 48 half hours, and what is in no span is unknown', () => {
  expect(halfHoursOf([], until)).toEqual(Array(48).fill(unknown));
});

test('a span from before the day that goes on fills all of it', () => {
  expect(halfHoursOf([span('up', 99)], until)).toEqual(Array(48).fill({ up_ratio: 1, down_ratio: 0 }));
});

test('a half hour holds its share of each span, and no more', () => {
  const found = halfHoursOf([span('up', 3, 1.75), span('down', 1.75, 1.5), span('up', 1, 0.9)], until);
  expect(found.slice(-4)).toEqual([
    unknown,
    { up_ratio: 1, down_ratio: 0 },
    { up_ratio: 0.25, down_ratio: 0.25 },
    { up_ratio: 0.1, down_ratio: 0 },
  ]);
});

test('a span that ended before the day, or begins after it, is not in it', () => {
  expect(halfHoursOf([span('down', 60, 48), span('down', -1)], until)).toEqual(Array(48).fill(unknown));
});
