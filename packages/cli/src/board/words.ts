import type { Language } from '../language.ts';
import { english, type Words } from './words-en.ts';
import { dutch } from './words-nl.ts';

export const wordsIn: { readonly [language in Language]: Words } = { en: english, nl: dutch };
