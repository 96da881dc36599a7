import type { Reason, Stage } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Evidence } from '../facts/ups.ts';
import type { Act, Tier } from '../rules/define.ts';
import type { PowerTarget } from './target.ts';

/** What is wanted of a power target, and by whom. */
export interface Wanted {
  /** `hold` for a hold; `none` where no rule wants anything any more. */
  readonly rule: string;
  readonly tier: Tier | 'none';
  readonly state: 'running' | 'stopped' | 'hands-off';
  readonly clause: string;
  readonly reasons: readonly Reason[];
  /** Ids of the events it follows from. */
  readonly evidence: readonly string[];
  readonly stage?: Static<typeof Stage>;
  readonly attempt?: number;
  /** Since when the rule wants it (`HeldOpinion.since` of the act it was made of), ms since 1970. */
  readonly since: number;
  /** `HeldOpinion.before` of that act. */
  readonly before?: number;
  /** A bar that is a decision of its own. */
  readonly recorded?: true;
  /** The target was so once since then: nobody's later start or stop is undone by it. */
  readonly met?: true;
}

/** The newest decision about a power target: only the newest generation counts, and nothing else is acted upon. */
export interface Decided extends Wanted {
  readonly target: PowerTarget;
  /** Counts per target, for ever: over epochs, holds and rules. */
  readonly generation: number;
  /** When this generation was made, ms since 1970. */
  readonly decidedAt: number;
  /** Until when an act may be begun, ms since 1970; none for `hands-off`. */
  readonly validUntil?: number;
  /** Of the chain of events that it belongs to; a withdrawal stays in that of what it withdraws. */
  readonly correlationid?: string;
  readonly settingsHash: string;
}

/** An act that a rule wants, for as long as it wants the same; stored so that a rule that is silent is not forgotten. */
export interface HeldOpinion {
  readonly tier: Tier;
  readonly state: Act['state'];
  readonly clause: string;
  readonly attempt?: number;
  readonly limitedTo?: Act['limitedTo'];
  /** ms since 1970. */
  readonly since: number;
  /** When the target had last become so, as was known then, ms since 1970: that is not what is wanted now. */
  readonly before?: number;
  readonly met?: true;
  /** A higher tier has the say: a hold, or an opinion that counts. */
  readonly overruled?: true;
}

/**
 * All that is stored of one power target, VM or node: the desired state record. One row of
 * `desired_state(target primary key, state jsonb, decision)`, where `decision` is the id of the event of `decided`.
 * Written by the power pass alone.
 */
export interface DesiredRecord {
  readonly target: PowerTarget;
  /** The epoch of policy's log in which it was written. In another one nobody wants anything yet; generations go on. */
  readonly epoch: string;
  readonly decided?: Decided;
  /** What would be wanted if all was armed, where that differs. */
  readonly rehearsed?: Wanted;
  /** By rule. */
  readonly opinions: Readonly<Record<string, HeldOpinion>>;
}

/** A new generation: to be appended as `desired-state.decided`, with its cause. */
export interface Generation {
  readonly decided: Decided;
  readonly cause?: Evidence;
  /** Made again because it was not reached in its ten minutes. */
  readonly renewed?: true;
}

/** A change of what would be wanted if all was armed: `desired-state.rehearsed`, without a generation. */
export interface Rehearsal {
  readonly target: PowerTarget;
  readonly wanted: Wanted;
  readonly cause?: Evidence;
}
