import type { Static } from 'typebox';
import type { At } from '../../wording.ts';
import type { Language as Languages } from '../../words.ts';
import { phrase } from '../reasons/index.ts';
import { en } from './en.ts';
import { nl } from './nl.ts';
import type { NoticeLine, NoticeSaid, NoticeWords } from './said.ts';

export type { NoticeLine, NoticeSaid } from './said.ts';

type Language = Static<typeof Languages>;

/** The words around notices, by language. */
export const noticeWords: Readonly<Record<Language, NoticeWords>> = { nl, en };

/** A notice in words; moments in it are shown by `at`. */
export function noticeLine(language: Language, said: NoticeSaid, at: At): NoticeLine {
  const civil = said.reasons.map(({ until, ...each }) =>
    until === undefined ? each : { ...each, until: at(until) },
  );
  return noticeWords[language].line(said, phrase(civil, language), at);
}
