import { expect, test } from 'vitest';
import { dayOf, endOfDay, startOfDay } from './days.ts';

const home = 'Europe/Amsterdam';

test.each([
  ['in winter', '2026-12-02', '2026-12-01T23:00:00.000Z', '2026-12-02T22:59:59.000Z'],
  ['in summer', '2026-07-01', '2026-06-30T22:00:00.000Z', '2026-07-01T21:59:59.000Z'],
  ['as summer time begins', '2027-03-28', '2027-03-27T23:00:00.000Z', '2027-03-28T21:59:59.000Z'],
  ['as summer time ends', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.000Z'],
])('a day begins and ends by the clocks of the space: %s', (_, day, start, end) => {
  expect([startOfDay(day, home), endOfDay(day, home)]).toEqual([start, end]);
  expect(dayOf(Date.parse(start), home)).toBe(day);
  expect(dayOf(Date.parse(start) - 1, home)).not.toBe(day);
});

test('far from UTC, and where clocks are put forward at midnight', () => {
  expect(startOfDay('2026-12-02', 'Pacific/Kiritimati')).toBe('2026-12-01T10:00:00.000Z');
  expect(startOfDay('2026-12-02', 'Pacific/Pago_Pago')).toBe('2026-12-02T11:00:00.000Z');
  // That day has no midnight in Santiago: it begins at 1:00.
  expect(startOfDay('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
});
