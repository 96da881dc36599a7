import { targetOfVm } from '../../desired/target.ts';
import type { Facts } from '../../facts/index.ts';
import type { Guest } from '../../facts/vm.ts';
import type { Mine, RuleContext } from '../define.ts';
import type { Looked } from './look.ts';
import type { LeasePlan } from './plan.ts';
import { leaseOfStop, type Memory, type Stop, stopKey } from './state.ts';

const hourMs = 3_600_000;

/** How long a VM keeps its slot while it does not go off; then others are asked first, ms. */
const slotMs = 10 * 60_000;

/** Of however few VMs that run so many may be stopped in an hour. */
const leastMost = 3;

/** Which VMs are stopped now, and what is remembered of that. */
export interface Slots {
  /** By the lease's id. */
  readonly asked: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
  /** All rows of stops, by their keys. */
  readonly rows: ReadonlyMap<string, Stop>;
  /** So many may be stopped in an hour. */
  readonly most: number;
  /** ms since 1970. */
  readonly lookAgainAt?: number;
}

/**
 * The rate limit: the VMs whose time has come (`due`) get slots, no more of them in an hour than settings allow. One that does not go off leaves its slot
 * to the next and is asked again after it, so that a VM that cannot be stopped holds up no other, and a fault of all does not end in
 * all of them going off at once.
 */
export function slots(
  due: readonly Looked[],
  { vm }: Pick<Facts, 'vm'>,
  memory: Memory,
  { now, mine, settings }: Pick<RuleContext, 'now' | 'mine' | 'settings'>,
): Slots {
  const byLease = new Map(due.map((each) => [each.lease.lease, each]));
  const rows = new Map<string, Stop>();
  const recent: Stop[] = [];
  for (const [key, row] of memory) {
    const lease = leaseOfStop(key);
    if (lease === undefined || row.kind !== 'stop') continue;
    const wanted = byLease.get(lease);
    const kept =
      wanted && isOfLease(row, wanted)
        ? stillWanted(row, wanted.guest, mineOf(mine, wanted), now)
        : noMoreWanted(row, vm, now);
    if (!kept) continue;
    rows.set(key, kept);
    if (kept.offAt !== undefined) recent.push(kept);
  }
  const rowOf = (each: Looked): Stop | undefined => rows.get(stopKey(each.lease.lease));
  const asked = new Set<string>();
  for (const each of due) if (rowOf(each)?.askedAt !== undefined) asked.add(each.lease.lease);
  const most = due.length === 0 ? 0 : mostOf(settings.lease, vm, recent.length);
  // Nothing is asked anew of what nobody sees.
  const others = due
    .filter(({ state, lease }) => state === 'due' && !asked.has(lease.lease))
    .sort(order(rowOf));
  const free = Math.max(0, most - asked.size - recent.length);
  for (const each of others.slice(0, free)) {
    const { lease, number, ends, vm: id } = each.lease;
    const before = rowOf(each);
    rows.set(stopKey(lease), { kind: 'stop', number, ends, vm: id, tries: 0, ...before, askedAt: now });
    asked.add(lease);
  }
  const ends = [...rows.values()].flatMap(({ askedAt, offAt }) =>
    offAt !== undefined
      ? [offAt + hourMs]
      : askedAt !== undefined
        ? [askedAt + slotMs, askedAt + hourMs]
        : [],
  );
  const next = ends.filter((at) => at > now);
  return {
    asked,
    waiting: new Set(others.slice(free).map(({ lease }) => lease.lease)),
    rows,
    most,
    ...(next.length > 0 && { lookAgainAt: Math.min(...next) }),
  };
}

function mineOf(mine: RuleContext['mine'], { lease }: Looked): Mine | undefined {
  return mine.get(targetOfVm(lease.vm));
}

function isOfLease({ number, ends, offAt }: Stop, { lease }: Looked): boolean {
  return number === lease.number && ends === lease.ends && offAt === undefined;
}

/** The row of a VM that is still to be stopped: without its slot when it did not go off for too long, or was given up. */
function stillWanted(row: Stop, guest: Guest, mine: Mine | undefined, now: number): Stop {
  const { askedAt, ...waits } = row;
  if (askedAt === undefined) return row;
  const generation = mine?.fate === 'given-up' ? mine.generation : undefined;
  if (generation !== undefined && generation !== row.failed) {
    return { ...waits, tries: row.tries + 1, failed: generation };
  }
  const isBusy = guest.inFlight !== undefined || guest.unseen === true;
  return now < askedAt + (isBusy ? hourMs : slotMs) ? row : { ...waits, tries: row.tries + 1 };
}

/** The row of a VM that is not to be stopped any more: for an hour it counts, if it was. */
function noMoreWanted(row: Stop, vm: Facts['vm'], now: number): Stop | undefined {
  const { askedAt, offAt, ...rest } = row;
  if (offAt !== undefined) return now < offAt + hourMs ? row : undefined;
  const guest = vm.get(row.vm);
  // It left its slot to others, and went off late all the same.
  if (askedAt === undefined) {
    const offLate = row.tries > 0 && guest?.running === false;
    return offLate ? { ...rest, offAt: Math.min(now, guest.stoppedAt ?? now) } : undefined;
  }
  const isOff = !guest?.running || (guest.startedAt ?? 0) >= askedAt;
  return isOff ? { ...rest, offAt: Math.max(askedAt, Math.min(now, guest?.stoppedAt ?? now)) } : undefined;
}

function mostOf({ mostPerHour, mostSharePct }: LeasePlan, vm: Facts['vm'], wentOff: number): number {
  const running = [...vm.values()].filter((guest) => guest.class === 'participant' && guest.running).length;
  const share = Math.floor(((running + wentOff) * mostSharePct) / 100);
  return Math.min(mostPerHour, Math.max(leastMost, share));
}

/** Those that were tried least first, then those whose time came first. */
function order(rowOf: (each: Looked) => Stop | undefined) {
  return (a: Looked, b: Looked): number =>
    (rowOf(a)?.tries ?? 0) - (rowOf(b)?.tries ?? 0) ||
    a.planned - b.planned ||
    (a.lease.vm < b.lease.vm ? -1 : 1);
}
