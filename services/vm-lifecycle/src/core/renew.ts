import type { EventData } from '@huismeester/contracts';
import type { LeaseState } from './lease.ts';

/** Why a lease is not renewed, for programs; all by PART-4. */
export type NotRenewed =
  | 'no-lease'
  | 'not-running'
  | 'renewals-used'
  | 'not-just-renewed'
  | 'link-ended'
  | 'link-used'
  | 'link-of-another';

/** What settings say of leases. */
export interface LeaseRules {
  readonly lengthMs: number;
  readonly renewals: number | 'any';
}

/** A lease as it is, and the VM that it is of; undefined where there is none. */
export interface Renewable {
  readonly id: string;
  readonly state: LeaseState | undefined;
  readonly running: boolean;
  /** Whose the VM is now. */
  readonly owner: string | undefined;
}

/** What a signed link of a warning names: one lease of one person, as it stood then. */
export interface RenewalLink {
  readonly number: number;
  /** ISO 8601, as is `until`: the planned stop that the warning names. */
  readonly ends: string;
  readonly person: string;
  readonly until: string;
}

/**
 * Renews a lease to its whole length from now on, as often as settings allow. Also one whose time is over, as long as the VM runs: its
 * stop is planned, not done. One that is off has nothing to renew: its next start begins a new lease.
 */
export function renewed(
  { id, state, running }: Renewable,
  by: EventData<'lease.renewed'>['by'],
  { lengthMs, renewals }: LeaseRules,
  now: Date,
): EventData<'lease.renewed'> | NotRenewed {
  if (state === undefined || state.over) return 'no-lease';
  if (!running) return 'not-running';
  if (renewals !== 'any' && state.renewals >= renewals) return 'renewals-used';
  const { vm, number } = state;
  // Never to less than it had.
  const ends = new Date(Math.max(now.getTime() + lengthMs, state.ends.getTime()));
  return { lease: id, vm, number, ends: ends.toISOString(), renewals: state.renewals + 1, by };
}

/** So long after it a renewal can be taken back: whoever was told that it goes on longer may have counted on that. */
const undoMs = 60_000;

/** Takes back the renewal that was made just now, the last one, once: the lease ends as it did before, and the renewal does not count. When it was made follows from its end. */
export function renewalUndone(
  { id, state, running }: Renewable,
  by: EventData<'lease.renewal-undone'>['by'],
  { lengthMs }: Pick<LeaseRules, 'lengthMs'>,
  now: Date,
): EventData<'lease.renewal-undone'> | NotRenewed {
  if (state === undefined || state.over) return 'no-lease';
  if (!running) return 'not-running';
  const { vm, number, ends, renewals, renewedFrom } = state;
  const since = now.getTime() - (ends.getTime() - lengthMs);
  if (renewedFrom === null || since < 0 || since >= undoMs) return 'not-just-renewed';
  return { lease: id, vm, number, ends: renewedFrom.toISOString(), renewals: renewals - 1, by };
}

/** Renews a lease by the link of a warning: once, until the planned stop, and only the very lease that it was sent for. */
export function renewedByLink(
  lease: Renewable,
  { number, ends, person, until }: RenewalLink,
  rules: LeaseRules,
  now: Date,
): EventData<'lease.renewed'> | NotRenewed {
  const { state, owner } = lease;
  if (state === undefined || state.over) return 'no-lease';
  if (owner !== person) return 'link-of-another';
  if (state.number !== number || now.getTime() >= Date.parse(until)) return 'link-ended';
  if (state.ends.getTime() !== Date.parse(ends)) return 'link-used';
  return renewed(lease, 'link', rules, now);
}
