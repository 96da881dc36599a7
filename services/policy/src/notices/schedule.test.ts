import { describe, expect, it } from 'vitest';
import { afterHoliday, digestTime, nextWhenDeferred, nextWhenUnavailable } from './schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const digestAt = { zone: 'Europe/Amsterdam', minutes: 8 * 60 + 30 };
const at = (iso: string) => Date.parse(iso);

describe('a refusal for now', () => {
  it('is tried after 5, 15 and 60 minutes, then hourly, to a day from the first', () => {
    let now = 0;
    let deferred: ReturnType<typeof nextWhenDeferred>['deferred'] | undefined;
    const tried: number[] = [];
    for (;;) {
      const found = nextWhenDeferred(deferred, now);
      deferred = found.deferred;
      if (found.next === undefined) break;
      now = found.next;
      tried.push(now / minute);
    }
    expect(tried.slice(0, 4)).toEqual([5, 20, 80, 140]);
    expect(tried.at(-1)).toBeLessThanOrEqual(24 * 60);
    expect(tried.at(-1)).toBeGreaterThan(22 * 60);
  });
});

it('what is ours is tried again in five minutes at the latest, for ever', () => {
  expect(nextWhenUnavailable(0, 0)).toBe(minute);
  expect(nextWhenUnavailable(0, 48 * hour)).toBe(48 * hour + 5 * minute);
});

it('a digest goes at its civil time, over a change of the clocks too', () => {
  expect(digestTime(at('2026-12-01T10:00:00Z'), digestAt)).toBe(at('2026-12-02T07:30:00Z'));
  expect(digestTime(at('2026-12-02T07:30:00Z'), digestAt)).toBe(at('2026-12-02T07:30:00Z'));
  expect(digestTime(at('2027-03-27T10:00:00Z'), digestAt)).toBe(at('2027-03-28T06:30:00Z'));
});

describe('a holiday', () => {
  const holiday = { from: '2026-12-24', until: '2027-01-03' };

  it('ends with its last civil day', () => {
    expect(afterHoliday(holiday, at('2026-12-24T12:00:00Z'), digestAt)).toBe(at('2027-01-04T07:30:00Z'));
    expect(afterHoliday(holiday, at('2027-01-03T22:59:00Z'), digestAt)).toBe(at('2027-01-04T07:30:00Z'));
  });

  it('is none before and after', () => {
    expect(afterHoliday(holiday, at('2026-12-23T22:59:00Z'), digestAt)).toBeUndefined();
    expect(afterHoliday(holiday, at('2027-01-03T23:00:00Z'), digestAt)).toBeUndefined();
    expect(afterHoliday(undefined, 0, digestAt)).toBeUndefined();
  });
});
