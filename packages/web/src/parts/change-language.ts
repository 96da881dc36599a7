import { done } from '../api/act.ts';
import { common } from '../words/common.ts';
import { type Language, speak } from '../words/language.ts';

/** Changes the language of the page. Where its texts cannot be had, it stays as it is and says so. */
export function changeLanguage(to: Language): void {
  speak(to).catch(() => done(common.value.failure.unreachable));
}
