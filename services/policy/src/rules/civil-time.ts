const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** No zone was ever further from UTC than this, ms. */
const mostOffsetMs = 15 * 60 * minuteMs;

/** A time of the day in a zone of the IANA time zone database. */
export interface TimeOfDay {
  readonly zone: string;
  /** Since midnight, minutes. */
  readonly minutes: number;
  /** Where a demo's days are short: how long one takes, ms. The time comes once in each, whatever clocks on the wall show. */
  readonly dayMs?: number;
}

/**
 * The first moment at or after `from` (both ms since 1970) at which a clock on the wall shows that time of the day. On a day on which it does
 * not exist it is the first moment after the gap; where it exists twice, the second.
 */
export function firstAtOrAfter(from: number, time: TimeOfDay): number {
  if (time.dayMs !== undefined) return Math.ceil(from / time.dayMs) * time.dayMs;
  const day = Math.floor(from / dayMs);
  // A civil day begins up to 15 h before or after that of UTC.
  for (let each = day - 1; each <= day + 2; each += 1) {
    const at = momentOn(each, time);
    if (at >= from) return at;
  }
  // A zone that leaves out two days on end does not exist.
  return momentOn(day + 3, time);
}

/** A time of the day in a zone; with a `speed` days are so many times as short (`testing.leaseSpeed`). */
export function timeOfDay(text: string, zone: string, speed = 1): TimeOfDay {
  const minutes = minutesOf(text);
  return speed === 1 ? { zone, minutes } : { zone, minutes, dayMs: dayMs / speed };
}

/** `HH:MM` in minutes since midnight. */
export function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** By time of the day, which is that of the settings, then by day: thousands of leases ask for the same. */
const known = new WeakMap<TimeOfDay, Map<number, number>>();
/** More days than that are of a clock that is wrong. */
const mostDays = 5_000;

function momentOn(day: number, time: TimeOfDay): number {
  let days = known.get(time);
  if (!days || days.size > mostDays) {
    days = new Map();
    known.set(time, days);
  }
  const before = days.get(day);
  if (before !== undefined) return before;
  const found = momentOf(day * dayMs + time.minutes * minuteMs, time.zone);
  days.set(day, found);
  return found;
}

/** When clocks on the wall show what a clock in UTC shows at `wall`; a zone changes its offset at most once in 30 hours. */
function momentOf(wall: number, zone: string): number {
  const [from, until] = [wall - mostOffsetMs, wall + mostOffsetMs];
  const [before, after] = [offsetAt(from, zone), offsetAt(until, zone)];
  if (before === after) return wall - before;
  const changed = firstWith(after, { from, until, zone });
  // After a change back it exists twice, and this is the second; in a gap it does not exist.
  if (wall - after >= changed) return wall - after;
  return Math.min(wall - before, changed);
}

function firstWith(
  offset: number,
  { from, until, zone }: { readonly from: number; readonly until: number; readonly zone: string },
): number {
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offset) high = middle;
    else low = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone is ahead of UTC at a moment, ms. */
function offsetAt(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    const times = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, era: 'short', ...parts, ...times });
    formats.set(zone, format);
  }
  const shown = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(shown.get(type));
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/** When a civil day (`2027-11-22`) is over in a zone, ms since 1970. */
export function endOfDay(day: string, zone: string): number {
  // From a day before: in some zones the civil day begins up to 14 h before that of UTC.
  const noon = Date.parse(`${day}T12:00:00Z`);
  const midnight = { zone, minutes: 0 };
  for (let at = firstAtOrAfter(noon - dayMs, midnight); ; at = firstAtOrAfter(at + 1, midnight)) {
    if (civilDay(at, zone) > day) return at;
  }
}

/** The civil day of a moment in a zone, as `YYYY-MM-DD`. */
export function civilDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
}
