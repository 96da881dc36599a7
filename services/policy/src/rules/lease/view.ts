import { because, type Lease, phrase, type Reason } from '@huismeester/contracts';
import type { Looked } from './look.ts';
import type { Found } from './rule.ts';
import { stopKey } from './state.ts';

/** A lease as REST shows it, with its owner; times in ISO 8601. */
export function leaseView(looked: Looked, found: Found): Lease & { readonly owner: string } {
  const { lease, owner, planned, warned } = looked;
  const { state, reasons } = stateOf(looked, found);
  return {
    lease: lease.lease,
    vm: lease.vm,
    number: lease.number,
    owner,
    started: iso(lease.startedAt),
    ends: iso(lease.ends),
    renewals: lease.renewals,
    plannedStop: iso(planned),
    ...(warned.at !== undefined && { warnedAt: iso(warned.at) }),
    state,
    why: phrase(reasons, 'en'),
    reasons: [...reasons],
  };
}

type Stated = { readonly state: Lease['state']; readonly reasons: readonly Reason[] };

function stateOf(looked: Looked, found: Found): Stated {
  const { state } = looked;
  return state === 'due' ? dueState(looked, found) : { state, reasons: reasonsOf[state](looked, found) };
}

const endsAt = ({ lease, planned }: Looked): Reason =>
  because('lease-ends', { vm: lease.vm, until: iso(planned) });

/** Why a lease that is not due is as it is. */
const reasonsOf: {
  readonly [S in Exclude<Looked['state'], 'due'>]: (looked: Looked, found: Found) => readonly Reason[];
} = {
  running: (looked, { isArmed }) => [isArmed ? endsAt(looked) : because('lease-dry-run')],
  warned: (looked) => [
    endsAt(looked),
    because('lease-warned', { until: iso(looked.warned.at ?? looked.planned) }),
  ],
  moved: (looked) => [because(whyMoved[looked.moved?.why ?? 'not-warned']), endsAt(looked)],
  unseen: () => [because('lease-unseen')],
  clock: () => [because('lease-clock')],
  off: () => [because('lease-off')],
  over: ({ lease }) => [because('lease-ended', { until: iso(lease.ends) })],
};

const whyMoved = { 'not-warned': 'lease-not-warned', 'runs-again': 'lease-runs-again' } as const;

/** Why a VM still runs whose time has come. */
function dueState(
  { lease }: Looked,
  { held, isArmed, slots }: Pick<Found, 'held' | 'isArmed' | 'slots'>,
): Stated {
  const ended = because('lease-ended', { until: iso(lease.ends) });
  const hold = held.get(lease.lease);
  if (hold) {
    const why = because('hold', { until: iso(hold.until), text: hold.because });
    return { state: 'held', reasons: [ended, why] };
  }
  if (!isArmed) return { state: 'due', reasons: [ended, because('lease-dry-run')] };
  if (slots.waiting.has(lease.lease)) {
    return { state: 'limited', reasons: [ended, because('lease-waits', { text: `${slots.most}` })] };
  }
  const isTried = (slots.rows.get(stopKey(lease.lease))?.tries ?? 0) > 0;
  return {
    state: isTried ? 'not-stopped' : 'due',
    reasons: [ended, because(isTried ? 'lease-not-stopped' : 'lease-asked')],
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
