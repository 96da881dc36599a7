import { because } from '@huismeester/contracts';
import { targetOfVm } from '../../desired/target.ts';
import { type DeliveryFact, deliveryKey } from '../../facts/delivery.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { Notice } from '../define.ts';

/** Nobody's VM is stopped sooner after a warning than that (PART-4), ms. */
export const leastWarningMs = 24 * 3_600_000;

/** While no warning was handed over, the last one goes so much earlier: handing it over takes a while, ms. */
const aheadMs = 3_600_000;

/** The first warning is for the digest of the day, the last one goes at once. Both name the planned stop. */
export const warningKinds = { first: 'lease-first-warning', last: 'lease-warning' } as const;
const kinds = [warningKinds.last, warningKinds.first];

/** What became of the warnings of one planned stop to one person. */
export interface Warned {
  /** When the first of them was handed to the mail server, or failed for good, ms since 1970. */
  readonly at?: number;
  /** None was handed over, and this person cannot be reached. */
  readonly failed?: true;
  /** Since when the last of them waits to be handed over, ms since 1970; it does not otherwise. */
  readonly queuedAt?: number;
}

/**
 * The warnings to a person that name this planned stop (ms since 1970). What was handed over before the clock was accepted counts from then
 * on: by a clock that was wrong nobody can say how long ago that was.
 */
export function warned(
  delivery: ReadonlyMap<string, DeliveryFact>,
  { vm, person, planned }: { readonly vm: string; readonly person: string; readonly planned: number },
  acceptedAt = Number.NEGATIVE_INFINITY,
): Warned {
  const subject = targetOfVm(vm);
  const moment = momentOf(planned);
  const found = kinds.flatMap((kind) => delivery.get(deliveryKey({ kind, subject, moment, person })) ?? []);
  const ended = found.flatMap(({ state, endedAt }) =>
    state !== 'queued' && endedAt !== undefined ? [Math.max(endedAt, acceptedAt)] : [],
  );
  const waiting = found.find(({ kind, state }) => kind === warningKinds.last && state === 'queued');
  const isHanded = found.some(({ state }) => state === 'handed');
  return {
    ...(ended.length > 0 && { at: Math.min(...ended) }),
    ...(ended.length > 0 && !isHanded && { failed: true as const }),
    ...(waiting && { queuedAt: waiting.queuedAt }),
  };
}

/** Whether a VM may be stopped then, as far as warnings go. */
export function isInTime({ at }: Warned, planned: number): boolean {
  return at !== undefined && at <= planned - leastWarningMs;
}

/** When each warning of a planned stop is due, ms since 1970. */
export function warningsDue(
  planned: number,
  warnBeforeMs: readonly number[],
  isWarned: boolean,
): { readonly first: number; readonly last: number } {
  const [longest = leastWarningMs] = warnBeforeMs;
  const shortest = warnBeforeMs.at(-1) ?? leastWarningMs;
  const lastMs = isWarned ? shortest : Math.max(shortest, leastWarningMs + aheadMs);
  return { first: planned - longest, last: planned - lastMs };
}

/** The warning that goes now. */
export function warning(
  { lease, vm, number, ends }: LeaseFact,
  {
    person,
    planned,
    isLast,
  }: { readonly person: string; readonly planned: number; readonly isLast: boolean },
): Notice {
  const until = momentOf(planned);
  return {
    kind: isLast ? warningKinds.last : warningKinds.first,
    subject: targetOfVm(vm),
    moment: until,
    to: { person },
    urgency: isLast ? 'now' : 'digest',
    severity: isLast ? 'warning' : 'info',
    clause: 'PART-4',
    reasons: [because('lease-ends', { vm, until })],
    until: planned,
    renew: { lease, number, ends },
  };
}

function momentOf(planned: number): string {
  return new Date(planned).toISOString();
}
