import type { LeaseFact } from '../../facts/lease.ts';
import { type Around, isOf, plannedStop } from './look.ts';
import type { LeasePlan } from './plan.ts';
import type { Moved } from './state.ts';

/** What a warning says, and to whom; times in ms since 1970. */
export interface WarningSaid {
  readonly person: string;
  readonly planned: number;
  /** Of the lease that ends. */
  readonly number: number;
  readonly ends: number;
}

/** What is known of that lease; each is undefined where there is none. */
export interface KnownOfLease extends Around {
  readonly lease: LeaseFact | undefined;
  readonly moved: Moved | undefined;
}

/**
 * Whether a warning is still true: that VM runs, is this person's, and is stopped then. A warning may wait for hours, for the digest or for the mail
 * server, and meanwhile the lease may be renewed, the VM be off, gone or somebody else's, or the stop be put off.
 */
export function isStillPlanned(
  { person, planned, number, ends }: WarningSaid,
  { lease, moved, ...around }: KnownOfLease,
  plan: Pick<LeasePlan, 'expireAt'>,
): boolean {
  if (!lease || !isOf(around, lease)) return false;
  if (!around.guest?.running || around.ownership?.owner !== person) return false;
  return lease.number === number && lease.ends === ends && plannedStop(lease, moved, plan) === planned;
}
