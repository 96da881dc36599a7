const hourMs = 3_600_000;
/** No zone was ever further from UTC than this. */
const mostOffsetMs = 15 * hourMs;

/** The day of a moment (ms since 1970) on the clocks of a zone, as a date field has it: `2026-12-02`; without a zone, on those of the browser. */
export function dayOf(at: number, timeZone: string | undefined): string {
  return formatFor(timeZone).format(at);
}

/** When a day such as `2026-12-02` begins in a zone, in ISO 8601. That need not be midnight: clocks may be put forward then. */
export function startOfDay(day: string, timeZone: string | undefined): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const format = formatFor(timeZone);
  let [before, from] = [utc - mostOffsetMs, utc + mostOffsetMs];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    // Days in ISO 8601 stand in the order of time.
    if (format.format(middle) < day) before = middle;
    else from = middle;
  }
  return new Date(from).toISOString();
}

/** The last second of a day in a zone, in ISO 8601. */
export function endOfDay(day: string, timeZone: string | undefined): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * hourMs).toISOString().slice(0, 10);
  return new Date(Date.parse(startOfDay(next, timeZone)) - 1000).toISOString();
}

function formatFor(timeZone: string | undefined): Intl.DateTimeFormat {
  const zone = timeZone === undefined ? undefined : { timeZone };
  // The locale of Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone });
}
