import { language } from './language.ts';

/** What the server says in each language, in that of the page. */
export function inLanguage(says: { readonly nl: string; readonly en: string }): string {
  return says[language.value];
}
