import type { Facts } from '../../facts/index.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { Guest } from '../../facts/vm.ts';
import { type Common, type Looked, lookAt } from './look.ts';
import type { Memory, Moved } from './state.ts';

/** All leases as they stand at one moment. */
export interface Evaluated {
  readonly looked: readonly Looked[];
  /** When time alone may change one, ms since 1970. */
  readonly lookAgainAt: number;
}

type Known = Pick<Facts, 'lease' | 'ownership' | 'vm'>;

interface Entry {
  readonly lease: LeaseFact;
  readonly guest: Guest | undefined;
  readonly looked: Looked | undefined;
}

interface Before {
  readonly with: readonly unknown[];
  readonly at: number;
  readonly entries: readonly Entry[];
}

/** Facts are immutable: of thousands of leases only those are looked at again whose VM changed, or whose time has come. */
const cache = new WeakMap<Facts['lease'], Before>();

/** Looks at each lease, at `now` (ms since 1970). */
export function evaluate(known: Known, memory: Memory, common: Common, now: number): Evaluated {
  const { isArmed, isSane, acceptedAt, delivery, plan } = common;
  const rests = [known.ownership, memory, delivery, plan, isArmed, isSane, acceptedAt];
  const before = cache.get(known.lease);
  const isSame =
    before !== undefined && now >= before.at && rests.every((each, index) => each === before.with[index]);
  const entries = isSame
    ? before.entries.map((entry) => again(entry, known, memory, common, now))
    : [...known.lease.values()].map((lease) => look(lease, known, memory, common, now));
  cache.set(known.lease, { with: rests, at: now, entries });
  const looked: Looked[] = [];
  let lookAgainAt = Number.POSITIVE_INFINITY;
  for (const each of entries) {
    if (!each.looked) continue;
    looked.push(each.looked);
    if (each.looked.lookAgainAt < lookAgainAt) lookAgainAt = each.looked.lookAgainAt;
  }
  return { looked, lookAgainAt };
}

function again(entry: Entry, known: Known, memory: Memory, common: Common, now: number): Entry {
  const { lease, guest, looked } = entry;
  const isDue = looked !== undefined && now >= looked.lookAgainAt;
  return known.vm.get(lease.vm) === guest && !isDue ? entry : look(lease, known, memory, common, now);
}

function look(lease: LeaseFact, known: Known, memory: Memory, common: Common, now: number): Entry {
  const guest = known.vm.get(lease.vm);
  const ownership = known.ownership.get(lease.lease);
  const row = memory.get(lease.lease);
  const moved = row?.kind === 'moved' ? (row as Moved) : undefined;
  return { lease, guest, looked: lookAt(lease, guest, ownership, moved, common, now) };
}
