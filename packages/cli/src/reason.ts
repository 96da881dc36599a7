import { type At, type Reasoned, reasonIn as reasonOf } from '@huismeester/contracts/sentences';
import type { Language } from './language.ts';
import { printable } from './printable.ts';
import { civilTime } from './time.ts';

export type { Reasoned };

/** The reason in that language, safe to print. Moments in it are shown by `at`, or in the zone of this process. */
export function reasonIn(language: Language, why: Reasoned, at: At = civilTime): string {
  return printable(reasonOf(language, why, at));
}
