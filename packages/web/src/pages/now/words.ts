import { firstIn } from '../../words/first.ts';
import { dictionary } from '../../words/language.ts';
import type { Words } from './words-en.ts';

/** Texts of the page that says how the space is; they come in one file with those of the frame. */
export const words = dictionary<Words>({
  nl: () => import('../../words/first-nl.ts').then(() => ({ default: firstIn('nl').now })),
  en: () => import('../../words/first-en.ts').then(() => ({ default: firstIn('en').now })),
});
