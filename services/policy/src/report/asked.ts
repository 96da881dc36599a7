import { type Refusal, refuse } from '@huismeester/events';
import type { Range } from './core/placing.ts';
import { midnightOf, monthOf } from './core/range.ts';

/** Civil days of the site; the last one is not included. */
export interface Asked {
  readonly from: string;
  readonly to: string;
}

/** The longest range, so that a slip of the pen makes no report of a century, ms. */
const longestMs = 366 * 24 * 60 * 60_000;

/** The range that was asked for, or why there is none; `now` (ms since 1970): it has to be over by then. */
export function askedRange({ from, to }: Asked, zone: string, now?: number): Range | Refusal {
  const range = { from: midnightOf(from, zone), to: midnightOf(to, zone) };
  if (range.to <= range.from) return wrong('to', to, `a day after ${from}`);
  if (range.to - range.from > longestMs) return wrong('to', to, `at most a year after ${from}`);
  if (now !== undefined && range.to > now) return wrong('to', to, 'today at the latest: it has to be over');
  return range;
}

/** As {@link askedRange}, over or not; of neither day it is the month of `now` (ms since 1970). */
export function previewRange({ from, to }: Partial<Asked>, zone: string, now: number): Range | Refusal {
  if (from === undefined && to === undefined) return monthOf(now, zone);
  if (from === undefined) return wrong('from', 'nothing', 'both days, or neither of them');
  if (to === undefined) return wrong('to', 'nothing', 'both days, or neither of them');
  return askedRange({ from, to }, zone);
}

function wrong(field: string, found: string, allowed: string): Refusal {
  return refuse('wrong-range', 'There is no report of these days', {
    clause: 'BOARD-2',
    errors: [{ field: `body.${field}`, found, allowed }],
  });
}
