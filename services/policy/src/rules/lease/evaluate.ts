import type { Facts } from '../../facts/index.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import { type Around, type Common, type Looked, lookAt, projectOf } from './look.ts';
import type { LeasePlan } from './plan.ts';
import type { LeaseRow, Memory } from './state.ts';

/** All leases as they stand at one moment. */
export interface Evaluated {
  readonly looked: readonly Looked[];
  /** Those of them of which something follows: most run, and nothing is to be said of them yet. */
  readonly busy: readonly Looked[];
  /** When time alone may change one, ms since 1970. */
  readonly lookAgainAt: number;
}

type Known = Pick<Facts, 'lease' | 'ownership' | 'project' | 'vm'>;

/** What a look at all leases is of. */
interface Asked {
  readonly known: Known;
  readonly memory: Memory;
  readonly common: Common;
  /** ms since 1970 */
  readonly now: number;
}

/** What was found of one lease, and what it was found from. */
interface Entry {
  readonly lease: LeaseFact;
  readonly around: Around;
  readonly row: LeaseRow | undefined;
  readonly looked: Looked | undefined;
}

interface Before {
  readonly asked: Asked;
  /** In the order of the leases. */
  readonly entries: readonly Entry[];
  readonly evaluated: Evaluated;
}

/** The last look under these settings. Facts are immutable: a lease of which all is as it was then is not looked at again. */
const last = new WeakMap<LeasePlan, Before>();

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
  const steps = inSteps({ known, memory, common, now });
  for (let step = steps.next(); !step.done; step = steps.next()) yield;
}

const aStep = 100;

/** Looks at each lease, at `now` (ms since 1970). */
export function evaluate(known: Known, memory: Memory, common: Common, now: number): Evaluated {
  const steps = inSteps({ known, memory, common, now });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function* inSteps(asked: Asked): Generator<undefined, Evaluated> {
  const { known, common } = asked;
  const before = usable(last.get(common.plan), asked);
  if (before && isOfTheSame(before, asked)) return before.evaluated;
  const isHeard = before?.asked.common.delivery !== common.delivery;
  const keptOf = keptBy(before?.entries ?? []);
  let entries = before?.entries ?? [];
  let index = 0;
  for (const lease of known.lease.values()) {
    const kept = keptOf(lease.lease, index);
    const entry = kept && isAsBefore(kept, lease, asked, isHeard) ? kept : entryOf(lease, asked);
    if (entry !== entries[index]) {
      if (entries === before?.entries) entries = [...entries];
      (entries as Entry[])[index] = entry;
    }
    index += 1;
    if (index % aStep === 0) yield;
  }
  if (index < entries.length) entries = entries.slice(0, index);
  const evaluated = before && entries === before.entries ? before.evaluated : summed(entries);
  last.set(common.plan, { asked, entries, evaluated });
  return evaluated;
}

/** Unless what is the same for all leases is another, or time went back. */
function usable(before: Before | undefined, { common, now }: Asked): Before | undefined {
  if (!before || now < before.asked.now) return undefined;
  const { isArmed, isSane, acceptedAt } = before.asked.common;
  const isSame = isArmed === common.isArmed && isSane === common.isSane && acceptedAt === common.acceptedAt;
  return isSame ? before : undefined;
}

function isOfTheSame({ asked, evaluated }: Before, { known, memory, common, now }: Asked): boolean {
  return (
    asked.known.lease === known.lease &&
    asked.known.ownership === known.ownership &&
    asked.known.project === known.project &&
    asked.known.vm === known.vm &&
    asked.memory === memory &&
    asked.common.delivery === common.delivery &&
    now < evaluated.lookAgainAt
  );
}

/** What was found before of a lease: mostly it is at the same place in the list. */
function keptBy(entries: readonly Entry[]): (lease: string, index: number) => Entry | undefined {
  let byLease: ReadonlyMap<string, Entry> | undefined;
  return (lease, index) => {
    const there = entries[index];
    if (there?.lease.lease === lease) return there;
    byLease ??= new Map(entries.map((each) => [each.lease.lease, each]));
    return byLease.get(lease);
  };
}

function entryOf(lease: LeaseFact, { known, memory, common, now }: Asked): Entry {
  const around = aroundOf(lease, known);
  const row = memory.get(lease.lease);
  const moved = row?.kind === 'moved' ? row : undefined;
  return { lease, around, row, looked: lookAt(lease, around, moved, common, now) };
}

function aroundOf(lease: LeaseFact, known: Known): Around {
  const ownership = known.ownership.get(lease.lease);
  return { guest: known.vm.get(lease.vm), ownership, project: projectOf(ownership, known.project) };
}

/** `isHeard`: something became of warnings since. */
function isAsBefore(
  before: Entry,
  lease: LeaseFact,
  { known, memory, now }: Asked,
  isHeard: boolean,
): boolean {
  const { row, looked } = before;
  const { guest, ownership, project } = before.around;
  if (lease !== before.lease || guest !== known.vm.get(lease.vm)) return false;
  if (ownership !== known.ownership.get(lease.lease) || row !== memory.get(lease.lease)) return false;
  if (project !== projectOf(ownership, known.project)) return false;
  return looked === undefined || (now < looked.lookAgainAt && !(isHeard && looked.asksDelivery));
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
