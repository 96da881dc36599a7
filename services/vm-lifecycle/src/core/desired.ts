import type { Mode, PowerState } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Power } from './guest.ts';
import type { Target } from './target.ts';

/** The newest decision about the power of a guest or a node, and how far we are with it. */
export interface Desired<T extends Target = Target> {
  readonly target: T;
  readonly state: Static<typeof PowerState>;
  readonly generation: number;
  readonly mode: Static<typeof Mode>;
  /** ISO 8601; undefined for a decision that does not become too old. */
  readonly validUntil?: string;
  /** Id of the decision, and of the chain that led to it. */
  readonly decision: string;
  readonly correlation: string;
  /** Which of policy's tiers it is of; undefined for decisions of before. */
  readonly tier?: string;
  /** It reached its state once: what anybody does to the target afterwards is not ours to undo. */
  readonly reached: boolean;
  readonly givenUp: boolean;
}

type Wish = Pick<Desired, 'state' | 'mode' | 'validUntil' | 'reached' | 'givenUp'>;

/** What a decision wants right now, or why it wants nothing. */
export function wanted(desired: Wish | undefined, now: Date): { want: Power } | { not: string } {
  if (desired === undefined) return { not: 'no decision' };
  if (desired.state === 'hands-off') return { not: 'hands-off' };
  if (desired.mode === 'dry-run') return { not: 'dry-run' };
  if (desired.reached) return { not: 'reached' };
  if (desired.givenUp) return { not: 'given up' };
  if (desired.validUntil !== undefined && new Date(desired.validUntil) <= now) return { not: 'expired' };
  return { want: desired.state };
}
