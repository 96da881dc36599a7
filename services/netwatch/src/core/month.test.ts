import { expect, test } from 'vitest';
import { monthBefore, monthOf, startOfMonth } from './month.ts';

const zone = 'Europe/Amsterdam';

test('a month is that of the civil day in the zone', () => {
  expect(monthOf(Date.parse('2026-11-30T22:59:59Z'), zone)).toBe('2026-11');
  expect(monthOf(Date.parse('2026-11-30T23:00:00Z'), zone)).toBe('2026-12');
  expect(monthOf(Date.parse('2026-06-30T22:00:00Z'), zone)).toBe('2026-07');
});

test.each([
  ['2026-12', '2026-11-30T23:00:00.000Z'],
  ['2026-07', '2026-06-30T22:00:00.000Z'],
  // The clock was set in March, after the beginning of the month.
  ['2026-03', '2026-02-28T23:00:00.000Z'],
  ['2026-04', '2026-03-31T22:00:00.000Z'],
])('%s begins at %s', (month, start) => {
  expect(new Date(startOfMonth(month, zone)).toISOString()).toBe(start);
});

test('the month before January is December', () => {
  expect([monthBefore('2027-01'), monthBefore('2026-12')]).toEqual(['2026-12', '2026-11']);
});
