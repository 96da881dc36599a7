import type { Lease } from '@huismeester/contracts';
import type { DeliveryFact } from '../../facts/delivery.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { OwnershipFact } from '../../facts/ownership.ts';
import type { ProjectFact } from '../../facts/project.ts';
import type { Guest } from '../../facts/vm.ts';
import { firstAtOrAfter } from '../civil-time.ts';
import type { Notice } from '../define.ts';
import type { LeasePlan } from './plan.ts';
import type { Moved } from './state.ts';
import { isInTime, leastWarningMs, notWarned, type Warned, warned, warning, warningsDue } from './warning.ts';

/** A new lease is heard of so much later than the start that began it, at most, ms. */
const newLeaseMs = 60_000;

/** How long a warning may wait to be handed over before that is a violation, ms. */
const unsentMs = 3_600_000;

/** What is the same for all leases at one moment. */
export interface Common {
  readonly delivery: ReadonlyMap<string, DeliveryFact>;
  readonly plan: LeasePlan;
  /** Whether the clause is armed: otherwise nobody is warned, so nothing is put off either. */
  readonly isArmed: boolean;
  /** Whether the clock is believed. */
  readonly isSane: boolean;
  /** When it was last accepted, ms since 1970. */
  readonly acceptedAt?: number;
}

/** How one lease stands, but for what others have to do with it: holds, and how many may be stopped in an hour. */
export interface Looked {
  readonly lease: LeaseFact;
  readonly guest: Guest;
  readonly owner: string;
  /** When it is stopped, ms since 1970. */
  readonly planned: number;
  readonly warned: Warned;
  readonly state: Exclude<Lease['state'], 'limited' | 'held' | 'not-stopped'>;
  /** A planned stop that was put off; undefined: it stands as the lease says. */
  readonly moved?: Moved;
  readonly notice?: Notice;
  /** A warning waits for too long. */
  readonly isUnsent: boolean;
  /** When time alone may change it, ms since 1970. */
  readonly lookAgainAt: number;
  /** Whether it was asked what became of warnings: before the first is due nobody was warned of this stop. */
  readonly asksDelivery: boolean;
}

/** What belongs to a lease; each is undefined where there is none. */
export interface Around {
  readonly guest: Guest | undefined;
  readonly ownership: OwnershipFact | undefined;
  /** Of the ownership. */
  readonly project: ProjectFact | undefined;
}

/** The project that a VM is in. */
export function projectOf(
  ownership: OwnershipFact | undefined,
  projects: ReadonlyMap<string, ProjectFact>,
): ProjectFact | undefined {
  return ownership?.project === undefined ? undefined : projects.get(ownership.project);
}

/**
 * Whether a lease is that of the guest that stands under the vmid now, and this guest a participant's with an owner (PART-3, PART-4). One of a project that
 * was granted another class goes on as long as its pool does not follow, which may wait for a person (SPACE-3).
 */
export function isOf({ guest, ownership, project }: Around, lease: LeaseFact): boolean {
  return (
    guest !== undefined &&
    guest.class === 'participant' &&
    (project === undefined || project.class === 'participant') &&
    guest.incarnation !== undefined &&
    guest.vm === lease.vm &&
    ownership?.owner !== undefined &&
    ownership.vm === lease.vm &&
    ownership.incarnation === guest.incarnation
  );
}

/** Where the stop of this very lease was put off; of an earlier one it means nothing. */
function movedOf({ number, ends }: LeaseFact, moved: Moved | undefined): Moved | undefined {
  return moved?.number === number && moved.ends === ends ? moved : undefined;
}

/** When a VM is stopped by its lease, ms since 1970: at the first time of the day after the end, unless that was put off. */
export function plannedStop(
  lease: LeaseFact,
  moved: Moved | undefined,
  { expireAt }: Pick<LeasePlan, 'expireAt'>,
): number {
  return movedOf(lease, moved)?.planned ?? firstAtOrAfter(lease.ends, expireAt);
}

/** One that lies further off than any that is put off now was put off by a clock that was wrong since: it is planned anew. */
function isFeasible(moved: Moved | undefined, plan: LeasePlan, now: number): boolean {
  return moved !== undefined && moved.planned <= firstAtOrAfter(now + leastWarningMs(plan), plan.expireAt);
}

/** How a lease stands at `now` (ms since 1970); undefined where it has no guest of its own, so that nothing is ever done. */
export function lookAt(
  lease: LeaseFact,
  around: Around,
  moved: Moved | undefined,
  common: Common,
  now: number,
): Looked | undefined {
  const { guest, ownership, project } = around;
  if (guest === undefined || !isOf(around, lease)) return undefined;
  const { delivery, plan, isArmed, isSane, acceptedAt } = common;
  const kept = isFeasible(moved, plan, now) ? movedOf(lease, moved) : undefined;
  const planned = plannedStop(lease, kept, plan);
  const owner = ownership?.owner ?? '';
  const due = warningsDue(planned, plan, false);
  const warnedFrom = Math.min(due.first, due.last);
  const asksDelivery = now >= warnedFrom;
  // After a grant that was undone the owner is warned anew; a time to come is of a clock that was wrong.
  const sinceClass = project && project.classAt <= now ? project.classAt : 0;
  const countsFrom = Math.max(acceptedAt ?? 0, sinceClass);
  const said = asksDelivery
    ? warned(delivery, { vm: lease.vm, person: owner, planned }, countsFrom)
    : notWarned;
  const known = { lease, guest, owner, planned, asksDelivery, ...(kept && { moved: kept }) };
  const is = (state: Looked['state'], lookAgainAt = Number.POSITIVE_INFINITY): Looked => ({
    ...known,
    warned: said,
    state,
    isUnsent: false,
    lookAgainAt: asksDelivery ? lookAgainAt : Math.min(lookAgainAt, warnedFrom),
  });
  if (guest.unseen || lease.unseen || ownership?.unseen) return is('unseen');
  if (!guest.running) return now < lease.ends ? is('off', lease.ends) : is('over');
  if (!isSane) return is('clock');
  if (!isArmed) return now < planned ? is('running', planned) : is('due');
  const began = Math.max(guest.startedAt ?? 0, guest.foundAt ?? 0);
  if (began > planned) {
    // It was off when its time came, so nobody expects it to be stopped: unless it has a new lease, which may be heard of later.
    if (now < began + newLeaseMs) return is('over', began + newLeaseMs);
    return putOff({ ...known, warned: said }, 'runs-again', common, now);
  }
  if (now > planned - leastWarningMs(plan) && !isInTime(said, planned, plan)) {
    return putOff({ ...known, warned: said }, 'not-warned', common, now);
  }
  if (now < warnedFrom && !kept) return is('running', warnedFrom);
  return now < planned ? warningOf(known, said, common, now) : is('due');
}

type Known = Pick<Looked, 'lease' | 'guest' | 'owner' | 'planned' | 'moved' | 'asksDelivery'>;

/** To the first time of the day that leaves the owner a whole day. */
function putOff(
  known: Known & Pick<Looked, 'warned'>,
  why: Moved['why'],
  { delivery, plan, acceptedAt, ...common }: Common,
  now: number,
): Looked {
  const planned = firstAtOrAfter(now + leastWarningMs(plan), plan.expireAt);
  const { number, ends, vm } = known.lease;
  const unsentAt =
    known.warned.at === undefined ? (known.moved?.unsentAt ?? known.warned.queuedAt) : undefined;
  const moved: Moved = {
    kind: 'moved',
    number,
    ends,
    planned,
    why,
    ...(unsentAt !== undefined && { unsentAt }),
  };
  const said = warned(delivery, { vm, person: known.owner, planned }, acceptedAt);
  return warningOf(
    { ...known, planned, moved, asksDelivery: true },
    said,
    { delivery, plan, ...common },
    now,
  );
}

/** Before its time: the warning that is due. Of a stop that was put off it goes at once. */
function warningOf(known: Known, said: Warned, { plan }: Common, now: number): Looked {
  const { lease, owner: person, planned, moved } = known;
  const due = warningsDue(planned, plan, isInTime(said, planned, plan));
  const isLast = moved !== undefined || now >= due.last;
  const notice = isLast || now >= due.first ? warning(lease, { person, planned, isLast }) : undefined;
  const waitsSince = said.at === undefined && isLast ? (moved?.unsentAt ?? said.queuedAt) : undefined;
  const again = [
    due.first,
    due.last,
    planned - leastWarningMs(plan) + 1,
    planned,
    ...(waitsSince === undefined ? [] : [waitsSince + unsentMs]),
  ].filter((at) => at > now);
  return {
    ...known,
    warned: said,
    state: moved ? 'moved' : said.at === undefined ? 'running' : 'warned',
    ...(notice && { notice }),
    isUnsent: waitsSince !== undefined && now >= waitsSince + unsentMs,
    lookAgainAt: Math.min(...again),
  };
}
