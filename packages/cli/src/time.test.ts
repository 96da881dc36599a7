import { expect, it } from 'vitest';
import { UsageError } from './errors.ts';
import { civilTime, lengthOf, momentAfter, stopwatch } from './time.ts';

it('shows a moment in civil time', () => {
  expect(civilTime('2026-11-22T13:41:45.306Z', 'Europe/Amsterdam')).toBe('2026-11-22 14:41:45');
});

it.each([
  [0, '0 s'],
  [95, '95 s'],
  [119.6, '2 min'],
  [2340, '39 min'],
  [7200, '2 h'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, words) => {
  expect(lengthOf(seconds)).toBe(words);
});

it('says hours in the word of a language', () => {
  expect(lengthOf(7500, 'uur')).toBe('2 uur 5 min');
});

it.each([
  [0, '0:00:00'],
  [199.6, '0:03:20'],
  [3725, '1:02:05'],
])('%d seconds are %s on a stopwatch', (seconds, shown) => {
  expect(stopwatch(seconds)).toBe(shown);
});

it('finds the moment after a length of time', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  expect(momentAfter('90d', now).toISOString()).toBe('2026-04-01T00:00:00.000Z');
  expect(momentAfter('12h', now).toISOString()).toBe('2026-01-01T12:00:00.000Z');
  expect(momentAfter('30m', now).toISOString()).toBe('2026-01-01T00:30:00.000Z');
});

it.each(['90', 'd', '-1d', '90 d', '1w', '99999999999d', ''])('refuses "%s"', (length) => {
  expect(() => momentAfter(length, new Date(0))).toThrow(UsageError);
});
