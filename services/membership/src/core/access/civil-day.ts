/** The civil day of a moment in a time zone: `2026-12-02`. */
export function civilDay(at: Date, timeZone: string): string {
  // The locale of Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** The same day of the next year; of the 29th of February the 1st of March. */
export function yearAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}
