import { dictionary } from '../../words/language.ts';
import type { Words } from './words-en.ts';

/** Texts of the page that says how the space is; they come in one file with those of the frame. */
export const words = dictionary<Words>({
  nl: async () => ({ default: (await import('../../words/first-nl.ts')).now }),
  en: async () => ({ default: (await import('../../words/first-en.ts')).now }),
});
