import { because } from '@huismeester/contracts';
import { targetOfVm } from '../../desired/target.ts';
import { type DeliveryFact, deliveryKey } from '../../facts/delivery.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { Notice } from '../define.ts';
import type { LeasePlan } from './plan.ts';

const hourMs = 3_600_000;

type Speed = Pick<LeasePlan, 'speed'>;

/** Nobody's VM is stopped sooner after a warning than that (PART-4), ms: 24 hours, but in a demo whose leases run fast. */
export function leastWarningMs({ speed = 1 }: Speed): number {
  return (24 * hourMs) / speed;
}

/** While no warning was handed over, the last one goes so much earlier: handing it over takes a while, ms. */
function aheadMs({ speed = 1 }: Speed): number {
  return hourMs / speed;
}

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

/** Nothing is known to have been said to anybody. */
export const notWarned: Warned = {};

/**
 * The warnings to a person that name this planned stop (ms since 1970). What was handed over before the clock was accepted counts from then
 * on: by a clock that was wrong nobody can say how long ago that was.
 */
export function warned(
  delivery: ReadonlyMap<string, DeliveryFact>,
  { vm, person, planned }: { readonly vm: string; readonly person: string; readonly planned: number },
  acceptedAt = Number.NEGATIVE_INFINITY,
): Warned {
  if (delivery.size === 0) return notWarned;
  const subject = targetOfVm(vm);
  const moment = momentOf(planned);
  const found = kinds.flatMap((kind) => delivery.get(deliveryKey({ kind, subject, moment, person })) ?? []);
  if (found.length === 0) return notWarned;
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
export function isInTime({ at }: Warned, planned: number, plan: Speed): boolean {
  return at !== undefined && at <= planned - leastWarningMs(plan);
}

/** When each warning of a planned stop is due, ms since 1970. */
export function warningsDue(
  planned: number,
  plan: Pick<LeasePlan, 'warnBeforeMs' | 'speed'>,
  isWarned: boolean,
): { readonly first: number; readonly last: number } {
  const { warnBeforeMs } = plan;
  const least = leastWarningMs(plan);
  const [longest = least] = warnBeforeMs;
  const shortest = warnBeforeMs.at(-1) ?? least;
  const lastMs = isWarned ? shortest : Math.max(shortest, least + aheadMs(plan));
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

/** There is one planned stop a day, and thousands of leases ask for it. */
const moments = new Map<number, string>();
const mostMoments = 1_000;

function momentOf(planned: number): string {
  const known = moments.get(planned);
  if (known !== undefined) return known;
  if (moments.size >= mostMoments) moments.clear();
  const moment = new Date(planned).toISOString();
  moments.set(planned, moment);
  return moment;
}
