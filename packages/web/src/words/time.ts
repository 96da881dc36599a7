import { site } from '../app/session.ts';
import { common } from './common.ts';
import type { Lengths } from './en.ts';

type Style = Intl.DateTimeFormatOptions;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Shows a moment (ISO 8601, or ms since 1970) as the space's clocks have it. */
export function civil(at: string | number, style: Style): string {
  const timeZone = site.value?.timezone;
  const { locale } = common.value;
  const key = `${locale} ${timeZone} ${JSON.stringify(style)}`;
  const known = formats.get(key);
  const format =
    known ?? new Intl.DateTimeFormat(locale, { ...style, ...(timeZone !== undefined && { timeZone }) });
  if (known === undefined) formats.set(key, format);
  return format.format(new Date(at));
}

/** `14:03` today, else `zo 6 dec 14:03`. */
export function moment(at: string | number, now: number): string {
  const time: Style = { hour: '2-digit', minute: '2-digit' };
  const day: Style = { weekday: 'short', day: 'numeric', month: 'short' };
  const isToday = civil(at, day) === civil(now, day);
  return civil(at, isToday ? time : { ...day, ...time });
}

/** `zondag 6 december om 18:00`. */
export function fullMoment(at: string | number): string {
  return civil(at, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
}

/** `16 januari 2027`, of a day without a time (ISO 8601). */
export function civilDay(iso: string): string {
  const { locale } = common.value;
  const style = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(iso));
}

/** `14:03:07`. */
export function clockTime(at: string | number): string {
  return civil(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** `over 3 dagen`, `5 min geleden`: whole units, rounded down. */
export function relative(at: string | number, now: number): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  return inWords(Math.abs(seconds), seconds > 0 ? common.value.ahead : common.value.ago);
}

function inWords(seconds: number, words: Lengths): string {
  if (seconds < 5) return words.now;
  if (seconds < 100) return words.seconds(seconds);
  if (seconds < 100 * 60) return words.minutes(Math.floor(seconds / 60));
  if (seconds < 36 * 3600) return words.hours(Math.floor(seconds / 3600));
  return words.days(Math.floor(seconds / 86_400));
}

/** `2:05` of minutes and seconds, for a countdown; never below zero. */
export function countdown(at: string | number, now: number): string {
  return stopwatch(Math.max(0, (new Date(at).getTime() - now) / 1000));
}

/** A length of time as on a stopwatch: `3:20`, `1:02:05`. */
export function stopwatch(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
