import type { Facts } from '../../facts/index.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { Guest } from '../../facts/vm.ts';
import { type Common, type Looked, lookAt } from './look.ts';
import type { Memory } from './state.ts';

/** All leases as they stand at one moment. */
export interface Evaluated {
  readonly looked: readonly Looked[];
  /** Those of them of which something follows: most run, and nothing is to be said of them yet. */
  readonly busy: readonly Looked[];
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
  readonly vm: Facts['vm'];
  readonly at: number;
  readonly entries: readonly Entry[];
  readonly evaluated: Evaluated;
}

/** Facts are immutable: of thousands of leases only those are looked at again whose VM changed, or whose time has come. */
const cache = new WeakMap<Facts['lease'], Before>();

/**
 * Looks at all leases before anything is decided upon, a step for a hundred of them: what is decided at `now` (ms since 1970) or later finds them
 * looked at, so that thousands keep nothing else waiting. Nothing follows from it alone.
 */
export function* lookAhead(
  known: Known,
  memory: Memory,
  common: Common,
  now: number,
): Generator<undefined, void> {
  const rests = restsOf(known, memory, common);
  if (isSameAs(cache.get(known.lease), rests, now)) return;
  const entries: Entry[] = [];
  for (const lease of known.lease.values()) {
    entries.push(look(lease, known, memory, common, now));
    if (entries.length % aStep === 0) yield;
  }
  cache.set(known.lease, { with: rests, vm: known.vm, at: now, entries, evaluated: summed(entries) });
}

const aStep = 100;

/** What is the same for all of them, and not known by its time. */
function restsOf({ ownership }: Known, memory: Memory, common: Common): readonly unknown[] {
  const { isArmed, isSane, acceptedAt, delivery, plan } = common;
  return [ownership, memory, delivery, plan, isArmed, isSane, acceptedAt];
}

function isSameAs(before: Before | undefined, rests: readonly unknown[], now: number): before is Before {
  return (
    before !== undefined && now >= before.at && rests.every((each, index) => each === before.with[index])
  );
}

/** Looks at each lease, at `now` (ms since 1970). */
export function evaluate(known: Known, memory: Memory, common: Common, now: number): Evaluated {
  const rests = restsOf(known, memory, common);
  const before = cache.get(known.lease);
  const isSame = isSameAs(before, rests, now);
  if (isSame && before.vm === known.vm && now < before.evaluated.lookAgainAt) return before.evaluated;
  const fresh = (lease: LeaseFact): Entry => look(lease, known, memory, common, now);
  const entries = isSame
    ? changed(before.entries, known.vm, now, fresh)
    : [...known.lease.values()].map(fresh);
  const evaluated = entries === before?.entries ? before.evaluated : summed(entries);
  cache.set(known.lease, { with: rests, vm: known.vm, at: now, entries, evaluated });
  return evaluated;
}

/** The same list when none of them changed. */
function changed(
  entries: readonly Entry[],
  vm: Facts['vm'],
  now: number,
  fresh: (lease: LeaseFact) => Entry,
): readonly Entry[] {
  let after: Entry[] | undefined;
  for (const [index, entry] of entries.entries()) {
    const isDue = entry.looked !== undefined && now >= entry.looked.lookAgainAt;
    if (!isDue && vm.get(entry.lease.vm) === entry.guest) continue;
    after ??= [...entries];
    after[index] = fresh(entry.lease);
  }
  return after ?? entries;
}

function look(lease: LeaseFact, known: Known, memory: Memory, common: Common, now: number): Entry {
  const guest = known.vm.get(lease.vm);
  const ownership = known.ownership.get(lease.lease);
  const row = memory.get(lease.lease);
  const moved = row?.kind === 'moved' ? row : undefined;
  return { lease, guest, looked: lookAt(lease, guest, ownership, moved, common, now) };
}

function summed(entries: readonly Entry[]): Evaluated {
  const looked: Looked[] = [];
  const busy: Looked[] = [];
  let lookAgainAt = Number.POSITIVE_INFINITY;
  for (const each of entries) {
    if (!each.looked) continue;
    looked.push(each.looked);
    if (isBusy(each.looked)) busy.push(each.looked);
    if (each.looked.lookAgainAt < lookAgainAt) lookAgainAt = each.looked.lookAgainAt;
  }
  return { looked, busy, lookAgainAt };
}

function isBusy({ state, notice, moved, warned }: Looked): boolean {
  if (notice !== undefined || moved !== undefined || warned.at !== undefined) return true;
  return state === 'due' || state === 'unseen';
}
