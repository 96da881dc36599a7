import type { EventData } from '@huismeester/contracts';

/** The civil clock may jump by so much, ms: more is no drift, and no change of summer time, of which it knows nothing. */
const mostJumpMs = 3_600_000;

/** The clocks of what writes to one log may stand this far apart, ms. */
const skewMs = 10_000;

/** What is wrong with the civil clock; undefined: nothing. */
export type ClockFinding = EventData<'clock.jumped'>;

/**
 * What is wrong with a civil clock that stands at `now`, of which by the monotonic clock `expected` was to be expected. `newestAt`: when the newest
 * event of the log was appended. All in ms since 1970.
 */
export function clockFinding(now: number, expected: number, newestAt?: number): ClockFinding | undefined {
  if (Math.abs(now - expected) > mostJumpMs) return { why: 'jumped', by_s: secondsOf(now - expected) };
  if (newestAt === undefined || now >= newestAt - skewMs) return undefined;
  return { why: 'before-last-event', by_s: secondsOf(now - newestAt) };
}

function secondsOf(ms: number): number {
  return Math.round(ms / 1000);
}
