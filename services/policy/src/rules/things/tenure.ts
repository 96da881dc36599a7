import type { ItemFact } from '../../facts/item.ts';
import { endOfDay } from '../civil-time.ts';

/** So long before its end a rent is warned of, civil days (CORE-6). */
const warnDays = 60;
const dayMs = 24 * 3_600_000;

/** Whose hardware is now. `over`, `ends`: when its rent is over, ms since 1970; `lookAgainAt`: when that alone changes. */
export type Whose =
  | { readonly is: 'ours'; readonly lookAgainAt?: number }
  | { readonly is: 'unknown' | 'loaned' | 'private' }
  | { readonly is: 'rent-over'; readonly over: number }
  | { readonly is: 'rent-ends'; readonly over: number; readonly until: string; readonly lookAgainAt: number };

/** When civil days are over in the zone of the site, each looked up once. */
export type EndOf = (day: string) => number;

export function endsIn(zone: string): EndOf {
  const known = new Map<string, number>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const found = endOfDay(day, zone);
    known.set(day, found);
    return found;
  };
}

/**
 * Whose hardware is at `now` (ms since 1970): "until" is its last civil day and included, so that a rent until 31 March is over on 1 April 00:00. What is
 * loaned or private is so whatever its end is.
 */
export function whoseNow(item: Pick<ItemFact, 'tenure'> | undefined, now: number, endOf: EndOf): Whose {
  const tenure = item?.tenure;
  if (tenure === undefined) return { is: 'unknown' };
  if (tenure.kind === 'loaned' || tenure.kind === 'private') return { is: tenure.kind };
  if (tenure.kind === 'owned' || tenure.until === undefined) return { is: 'ours' };
  const over = endOf(tenure.until);
  if (now >= over) return { is: 'rent-over', over };
  // The first moment of the day that is 60 days before the last one.
  const from = endOf(daysBefore(tenure.until, warnDays + 1));
  return now >= from
    ? { is: 'rent-ends', over, until: tenure.until, lookAgainAt: over }
    : { is: 'ours', lookAgainAt: from };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
}
