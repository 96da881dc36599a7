import type { Words as NowWords } from '../pages/now/words-en.ts';
import type { Words } from './en.ts';
import type { Language } from './language.ts';

/** What the first view needs in one language. */
interface First {
  readonly common: Words;
  readonly now: NowWords;
}

const first: Partial<Record<Language, First>> = {};

/** The file of a language adds its texts as it is loaded: had it exports, the bundler would need a file more to make a namespace of them. */
export function addFirst(language: Language, texts: First): void {
  first[language] = texts;
}

/** The texts of a language whose file was loaded. */
export function firstIn(language: Language): First {
  const found = first[language];
  if (found === undefined) throw new Error(`the file of the first texts in ${language} added none`);
  return found;
}
