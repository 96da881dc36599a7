import { phrase, type Wish } from '@huismeester/contracts';
import type { Memories } from './pass.ts';

/**
 * What arming would do now: what is rehearsed, less what is never more than that, since it was shed only in dry-run.
 * Nothing while all is as it should be.
 */
export function preview({ desired }: Pick<Memories, 'desired'>): Wish[] {
  return [...desired.values()].flatMap(({ target, rehearsed, opinions }) => {
    if (!rehearsed || rehearsed.state === 'hands-off' || opinions[rehearsed.rule]?.limitedTo) return [];
    const { state, rule, clause, reasons } = rehearsed;
    const reason = phrase(reasons, 'en');
    return [{ about: target, state, mode: 'dry-run', rule, clause, reason, reasons: [...reasons] }];
  });
}
