import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { en, defects as english } from './sentences-en.ts';
import { defects as dutch, nl } from './sentences-nl.ts';

export const sentences = { en, nl } satisfies SentencesOf<typeof events>;

/** What a degraded service does, by the code of its defect. */
export const defects: Readonly<Record<'en' | 'nl', Readonly<Record<string, string>>>> = {
  en: english,
  nl: dutch,
};
