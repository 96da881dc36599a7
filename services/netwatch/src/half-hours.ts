import type { HalfHour } from '@huismeester/contracts';

/** A time in which a thing was up or down, ms since 1970; without an end it goes on. */
export interface KnownSpan {
  readonly state: 'up' | 'down';
  readonly from: number;
  readonly until: number | null;
}

export const halfHourMs = 1_800_000;
const count = 48;

/** How much of each half hour of the 24 h before `until` (ms since 1970) a thing was up and down, oldest first. */
export function halfHoursOf(spans: readonly KnownSpan[], until: number): HalfHour[] {
  const begin = until - count * halfHourMs;
  const up = new Float64Array(count);
  const down = new Float64Array(count);
  for (const span of spans) {
    const known = span.state === 'up' ? up : down;
    const from = Math.max(span.from, begin);
    const to = Math.min(span.until ?? until, until);
    for (let at = Math.floor((from - begin) / halfHourMs); at < count; at += 1) {
      const start = begin + at * halfHourMs;
      if (start >= to) break;
      known[at] = (known[at] ?? 0) + Math.min(to, start + halfHourMs) - Math.max(from, start);
    }
  }
  return Array.from({ length: count }, (_, at) => ({
    up_ratio: ratio(up[at]),
    down_ratio: ratio(down[at]),
  }));
}

/** To 20 ms: a table of a day needs no more, and the answer is half as long. */
function ratio(ms = 0): number {
  return Math.min(1, Math.round((ms / halfHourMs) * 1e5) / 1e5);
}
