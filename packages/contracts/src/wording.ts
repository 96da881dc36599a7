import type { Static, TSchema } from 'typebox';
import type { EventDefinition } from './define.ts';
import type { Language } from './words.ts';

/** Shows a moment, given in ISO 8601. */
export type At = (iso: string) => string;

/** What each event of a service says in each language, as part of a sentence; the compiler sees to it that none is forgotten. */
export type SentencesOf<Events extends Readonly<Record<string, EventDefinition>>> = {
  readonly [L in Static<typeof Language>]: {
    readonly [T in keyof Events]: (data: Static<Events[T]['data']>, at: At) => string;
  };
};

/** A word for each value of an enumeration. */
export type WordFor<S extends TSchema> = { readonly [value in Static<S> & string]: string };

/** A number as the language writes it, with at most so many decimals: `0,6` in Dutch. */
export function decimal(value: number, language: Static<typeof Language>, digits = 1): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  return value.toLocaleString(locale, { maximumFractionDigits: digits, useGrouping: false });
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
