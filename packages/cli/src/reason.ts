import { type Ground, phrase } from '@huismeester/contracts';
import type { Language } from './language.ts';
import { printable } from './printable.ts';
import { civilTime } from './time.ts';

/** Why something was decided; what an older program wrote has no grounds. */
export interface Reasoned {
  readonly reason: string;
  readonly grounds?: readonly Ground[];
}

/**
 * The reason in that language, safe to print; without grounds it is told in English, as it was written. Moments in it
 * are shown by `at`, or in the zone of this process.
 */
export function reasonIn(
  language: Language,
  { reason, grounds = [] }: Reasoned,
  at: (iso: string) => string = civilTime,
): string {
  if (grounds.length === 0) return printable(reason);
  const civil = grounds.map(({ until, ...ground }) =>
    until === undefined ? ground : { ...ground, until: at(until) },
  );
  return printable(phrase(civil, language));
}
