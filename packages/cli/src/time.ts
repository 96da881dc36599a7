import { milliseconds } from '@huismeester/contracts';
import { UsageError } from './errors.ts';

/** A civil time such as `2026-11-22 14:41:45`, in the zone of this process if none is given. */
export function civilTime(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(iso));
}

/** A length of time in words, such as `2 h 5 min`; other languages have another word for the hour. */
export function lengthOf(seconds: number, hour = 'h'): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = `${Math.floor(minutes / 60)} ${hour}`;
  return minutes % 60 === 0 ? hours : `${hours} ${minutes % 60} min`;
}

/** A moment on a stopwatch, `0:03:20`: each of the same length, so that they stand right in a column. */
export function stopwatch(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** The moment that lies so long after `now`, such as `90d`, `12h` or `30m`. Throws a {@link UsageError}. */
export function momentAfter(length: string, now: Date): Date {
  try {
    const moment = new Date(now.getTime() + milliseconds(length));
    if (!Number.isNaN(moment.getTime())) return moment;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
  throw new UsageError(`"${length}" is longer than a calendar reaches: give less, such as 90d`);
}
