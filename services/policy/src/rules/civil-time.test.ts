import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstAtOrAfter, minutesOf } from './civil-time.ts';

const hour = 3_600_000;
const at = (iso: string): number => Date.parse(iso);
const first = (from: string, time: string, zone = 'Europe/Amsterdam'): string =>
  new Date(firstAtOrAfter(at(from), { zone, minutes: minutesOf(time) })).toISOString();

describe('the first time of the day at or after a moment', () => {
  it('is in the zone, never earlier, and the moment itself if it is one', () => {
    const ends = new Date(at('2026-10-11T17:30:00+02:00') + 336 * hour).toISOString();
    expect(ends).toBe('2026-10-25T15:30:00.000Z');
    expect(first(ends, '18:00')).toBe('2026-10-25T17:00:00.000Z');
    expect(first('2026-11-03T17:00:00Z', '18:00')).toBe('2026-11-03T17:00:00.000Z');
    expect(first('2026-11-03T17:00:00.001Z', '18:00')).toBe('2026-11-04T17:00:00.000Z');
  });

  it('is the first moment after the gap where it does not exist', () => {
    expect(first('2027-03-28T00:00:00Z', '02:30')).toBe('2027-03-28T01:00:00.000Z');
    expect(first('2027-03-28T01:00:00.001Z', '02:30')).toBe('2027-03-29T00:30:00.000Z');
    // Half an hour at Lord Howe; at midnight in Beirut; a whole day in Samoa.
    expect(first('2026-10-03T12:00:00Z', '02:15', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z');
    expect(first('2026-03-28T12:00:00Z', '00:30', 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z');
    expect(first('2011-12-30T08:00:00Z', '18:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
  });

  it('is the second where it exists twice', () => {
    expect(first('2026-10-24T22:00:00Z', '02:30')).toBe('2026-10-25T01:30:00.000Z');
    expect(first('2026-10-25T00:30:00.001Z', '02:30')).toBe('2026-10-25T01:30:00.000Z');
    expect(first('2026-04-04T12:00:00Z', '01:45', 'Australia/Lord_Howe')).toBe('2026-04-04T15:15:00.000Z');
  });
});

/** What a clock on the wall shows, as `YYYY-MM-DD HH:MM`. */
function shown(zone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (moment: number): string => format.format(moment);
}

/** Every offset, and every change of one, is a multiple of it. */
const stepMs = 15 * 60_000;

it.each([
  'Europe/Amsterdam',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/St_Johns',
  'UTC',
])('in %s it is what clocks on the wall show, whenever it is asked for', (zone) => {
  const wall = shown(zone);
  fc.assert(
    fc.property(
      fc.integer({ min: at('2024-01-01T00:00:00Z') / stepMs, max: at('2037-12-31T00:00:00Z') / stepMs }),
      fc.integer({ min: 0, max: 95 }),
      (from, quarter) => {
        const time = { zone, minutes: quarter * 15 };
        const found = firstAtOrAfter(from * stepMs, time);
        expect(found).toBeGreaterThanOrEqual(from * stepMs);
        const asked = `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
        if (!wall(found).endsWith(asked)) {
          // A gap: just before it the wall showed less than was asked, of the same day or of that before.
          const day = wall(found).slice(0, 10);
          expect(wall(found - 1) < `${day} ${asked}` && `${day} ${asked}` < wall(found)).toBe(true);
        }
        // No other moment between shows it, but for one that a second follows within the change.
        for (let each = from * stepMs; each < found; each += stepMs) {
          if (wall(each).endsWith(asked)) expect(wall(found)).toBe(wall(each));
        }
      },
    ),
    { numRuns: 300, seed: 1 },
  );
});

it('in every zone there is one a day, in order, over the change of an offset too', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const from = at('2026-02-01T00:00:00Z');
  for (const zone of zones) {
    let last = from;
    for (let day = 0; day < 100; day += 1) {
      const next = firstAtOrAfter(last + 1, { zone, minutes: 150 });
      expect(next - last, zone).toBeLessThanOrEqual(day === 0 ? 48 * hour : 26 * hour);
      last = next;
    }
  }
});
