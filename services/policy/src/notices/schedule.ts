import { civilDay, firstAtOrAfter, type TimeOfDay } from '../rules/civil-time.ts';
import type { NoticeSays } from './says.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** After which of its refusals for now (4xx) a message is tried again how long after, ms; hourly after that, to a day from the first. */
const deferredMs = [5 * minuteMs, 15 * minuteMs, hourMs];
/** How soon what failed for everybody is tried again, ms: by then all that waits is tried. */
const unavailableMs = [minuteMs, 2 * minuteMs, 5 * minuteMs];
/** How long the same open thing is not said again, ms. */
export const againMs = 7 * dayMs;

/**
 * When somebody is tried again whom the mail server refuses for now, ms since 1970; undefined: it is given up. That is not "failed for good": it
 * ends undelivered, so that a lease that hangs on it is not over.
 */
export function nextWhenDeferred(
  deferred: NoticeSays['deferred'],
  now: number,
): { next?: number; deferred: NonNullable<NoticeSays['deferred']> } {
  const { since, times } = deferred ?? { since: now, times: 0 };
  const next = now + (deferredMs[times] ?? hourMs);
  const tried = { since, times: times + 1 };
  return next > since + dayMs ? { deferred: tried } : { next, deferred: tried };
}

/** When what failed for everybody is tried again, ms since 1970: for ever. */
export function nextWhenUnavailable(since: number, now: number): number {
  const passed = now - since;
  return now + (unavailableMs.find((each) => passed < each) ?? unavailableMs.at(-1) ?? minuteMs);
}

/** When a notice that waits for the digest goes, ms since 1970. */
export function digestTime(queuedAt: number, digestAt: TimeOfDay): number {
  return firstAtOrAfter(queuedAt, digestAt);
}

/** Civil days, both included, as `YYYY-MM-DD`. */
export interface Holiday {
  readonly from: string;
  readonly until: string;
}

/** The first digest after a holiday, ms since 1970; undefined: there is none now. */
export function afterHoliday(
  holiday: Holiday | undefined,
  now: number,
  digestAt: TimeOfDay,
): number | undefined {
  const today = civilDay(now, digestAt.zone);
  if (holiday === undefined || today < holiday.from || today > holiday.until) return undefined;
  let at = firstAtOrAfter(now, digestAt);
  // A holiday of more than two years is looked at again then.
  for (let days = 0; days < 800 && civilDay(at, digestAt.zone) <= holiday.until; days += 1) {
    at = firstAtOrAfter(at + hourMs, digestAt);
  }
  return at;
}
