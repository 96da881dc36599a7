const locales = { nl: 'nl-NL', en: 'en-GB' } as const;
const style = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
} as const;

/** Making one takes longer than all else of an answer. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment with its day, as the calendars and clocks of a time zone have it. */
export function civil(iso: string, language: 'nl' | 'en', timeZone: string): string {
  const key = `${language} ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], { ...style, timeZone });
  formats.set(key, format);
  return format.format(new Date(iso));
}
