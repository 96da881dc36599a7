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
  };
}

function stateOf(
  looked: Looked,
  { held, isArmed, places }: Found,
): { readonly state: Lease['state']; readonly reasons: readonly Reason[] } {
  const { state, lease, planned, warned, moved } = looked;
  const ends = because('lease-ends', { vm: lease.vm, until: iso(planned) });
  switch (state) {
    case 'running':
      return { state, reasons: isArmed ? [ends] : [because('lease-dry-run')] };
    case 'warned':
      return { state, reasons: [ends, because('lease-warned', { until: iso(warned.at ?? planned) })] };
    case 'moved':
      return { state, reasons: [because(whyMoved[moved?.why ?? 'not-warned']), ends] };
    case 'due':
      return dueState(looked, { held, isArmed, places });
    case 'unseen':
      return { state, reasons: [because('lease-unseen')] };
    case 'clock':
      return { state, reasons: [because('lease-clock')] };
    case 'off':
      return { state, reasons: [because('lease-off')] };
    case 'over':
      return { state, reasons: [because('lease-ended', { until: iso(lease.ends) })] };
  }
}

const whyMoved = { 'not-warned': 'lease-not-warned', 'runs-again': 'lease-runs-again' } as const;

/** Why a VM still runs whose time has come. */
function dueState(
  { lease }: Looked,
  { held, isArmed, places }: Pick<Found, 'held' | 'isArmed' | 'places'>,
): { readonly state: Lease['state']; readonly reasons: readonly Reason[] } {
  const ended = because('lease-ended', { until: iso(lease.ends) });
  const hold = held.get(lease.lease);
  if (hold) {
    const why = because('hold', { until: iso(hold.until), text: hold.because });
    return { state: 'held', reasons: [ended, why] };
  }
  if (!isArmed) return { state: 'due', reasons: [ended, because('lease-dry-run')] };
  if (places.waiting.has(lease.lease)) {
    return { state: 'limited', reasons: [ended, because('lease-waits', { text: `${places.most}` })] };
  }
  const isTried = (places.rows.get(stopKey(lease.lease))?.tries ?? 0) > 0;
  return {
    state: isTried ? 'not-stopped' : 'due',
    reasons: [ended, because(isTried ? 'lease-not-stopped' : 'lease-asked')],
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
