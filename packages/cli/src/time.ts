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

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The moment that lies so long after `now`: `90d`, `12h` or `30m`. Throws a {@link UsageError}. */
export function momentAfter(length: string, now: Date): Date {
  const match = /^(\d+)([mhd])$/.exec(length);
  const moment = new Date(
    now.getTime() + Number(match?.[1]) * unitMs[(match?.[2] ?? 'm') as keyof typeof unitMs],
  );
  if (!match || Number.isNaN(moment.getTime())) {
    throw new UsageError(`"${length}" is not a number with m, h or d, such as 90d`);
  }
  return moment;
}
