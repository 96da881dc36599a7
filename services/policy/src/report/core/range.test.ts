import { expect, test } from 'vitest';
import { midnightOf, monthOf, reportIdOf } from './range.ts';

const hour = 60 * 60_000;

test.each([
  ['2026-10-31T22:59:59.999Z', 'Europe/Amsterdam', '2026-10', 745],
  ['2026-10-31T23:00:00.000Z', 'Europe/Amsterdam', '2026-11', 720],
  ['2026-10-31T23:30:00.000Z', 'Europe/Amsterdam', '2026-11', 720],
  ['2026-10-31T23:30:00.000Z', 'UTC', '2026-10', 744],
  ['2026-03-15T12:00:00.000Z', 'Europe/Amsterdam', '2026-03', 743],
  ['2026-12-31T23:30:00.000Z', 'Europe/Amsterdam', '2027-01', 744],
  ['2028-02-29T12:00:00.000Z', 'Europe/Amsterdam', '2028-02', 696],
  ['2026-07-01T02:00:00.000Z', 'Pacific/Kiritimati', '2026-07', 744],
  ['2026-07-01T02:00:00.000Z', 'America/Los_Angeles', '2026-06', 720],
])('%s in %s is in %s, which has %d hours', (at, zone, id, hours) => {
  const range = monthOf(Date.parse(at), zone);
  expect(reportIdOf(range, zone)).toBe(id);
  expect((range.to - range.from) / hour).toBe(hours);
});

test('other ranges are named by their days', () => {
  const zone = 'Europe/Amsterdam';
  const range = { from: midnightOf('2026-10-20', zone), to: midnightOf('2026-11-01', zone) };
  expect(reportIdOf(range, zone)).toBe('2026-10-20-to-2026-11-01');
  expect(new Date(range.from).toISOString()).toBe('2026-10-19T22:00:00.000Z');
});
