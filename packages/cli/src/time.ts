import { milliseconds } from '@huismeester/contracts';
import { UsageError } from './errors.ts';

export { lengthOf } from '@huismeester/contracts/sentences';

/** A civil time such as `2026-11-22 14:41:45`, in the zone of this process if none is given. */
export function civilTime(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone !== undefined && { timeZone }),
  }).format(new Date(iso));
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
