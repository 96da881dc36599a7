import { dictionary } from '../../words/language.ts';
import type { Words } from './words-en.ts';

/** Texts of the pages about VMs. */
export const words = dictionary<Words>({
  nl: () => import('./words-nl.ts'),
  en: () => import('./words-en.ts'),
});
