import type { HalfHour } from '@huismeester/contracts';
import { civilTime } from '../time.ts';

/** One character for half an hour; they read without colours, and are all ASCII. */
const signs = { up: '=', partly: 'x', down: 'X', unknown: '.' } as const;

export const legend = `Each sign is half an hour: ${signs.up} up, ${signs.partly} down for a part of it, ${signs.down} down, ${signs.unknown} not known for most of it.`;

/** A day in 48 signs, oldest first. */
export function dayLine(halfHours: readonly HalfHour[]): string {
  return halfHours.map((each) => signs[signOf(each)]).join('');
}

function signOf({ up_ratio, down_ratio }: HalfHour): keyof typeof signs {
  if (up_ratio + down_ratio < 0.5) return 'unknown';
  if (down_ratio > 0) return up_ratio > 0 ? 'partly' : 'down';
  return 'up';
}

const sixHoursMs = 6 * 3_600_000;

/** The head of such lines: the clock at its beginning, and every 6 h. */
export function dayHead(now: Date, timeZone?: string): string {
  const times = [4, 3, 2, 1].map((ago) => new Date(now.getTime() - ago * sixHoursMs).toISOString());
  return times.map((time) => civilTime(time, timeZone).slice(11, 16).padEnd(12)).join('');
}
