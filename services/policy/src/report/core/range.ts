import { civilDay, firstAtOrAfter, type TimeOfDay } from '../../rules/civil-time.ts';
import type { Range } from './placing.ts';

const hourMs = 60 * 60_000;

/** The civil month of a moment (ms since 1970) in a zone: from its first midnight to that of the next. */
export function monthOf(at: number, zone: string): Range {
  const month = civilMonth(at, zone);
  return { from: midnightOf(`${month}-01`, zone), to: midnightOf(`${nextMonth(month)}-01`, zone) };
}

/** When a civil day (`2026-10-01`) begins in a zone, ms since 1970. */
export function midnightOf(day: string, zone: string): number {
  const midnight = { zone, minutes: 0 };
  // In some zones a civil day begins up to 14 h before that of UTC.
  for (let at = firstAtOrAfter(Date.parse(`${day}T00:00:00Z`) - 15 * hourMs, midnight); ; ) {
    if (civilDay(at, zone) >= day) return at;
    at = firstAtOrAfter(at + 1, midnight);
  }
}

/** The id of a report: its month, or its civil days. */
export function reportIdOf({ from, to }: Range, zone: string): string {
  const month = monthOf(from, zone);
  if (month.from === from && month.to === to) return civilMonth(from, zone);
  return `${civilDay(from, zone)}-to-${civilDay(to, zone)}`;
}

function civilMonth(at: number, zone: string): string {
  return civilDay(at, zone).slice(0, 7);
}

function nextMonth(label: string): string {
  const [year = 0, month = 0] = label.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** When the report of a month is made: at that time of the day on the first of the next, ms since 1970. */
export function dueAt({ to }: Range, at: TimeOfDay): number {
  return firstAtOrAfter(to, at);
}
