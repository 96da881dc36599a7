import { phrase, type Reason } from '@huismeester/contracts';
import type { Language } from './language.ts';
import { printable } from './printable.ts';
import { civilTime } from './time.ts';

/** Why something was decided; what an older program wrote has no reasons. */
export interface Reasoned {
  readonly reason: string;
  readonly reasons?: readonly Reason[];
}

/**
 * The reason in that language, safe to print; without reasons it is in English, as it was written. Moments in it
 * are shown by `at`, or in the zone of this process.
 */
export function reasonIn(
  language: Language,
  { reason, reasons = [] }: Reasoned,
  at: (iso: string) => string = civilTime,
): string {
  if (reasons.length === 0) return printable(reason);
  const civil = reasons.map(({ until, ...reason }) =>
    until === undefined ? reason : { ...reason, until: at(until) },
  );
  return printable(phrase(civil, language));
}
