import { because } from '@huismeester/contracts';
import type { Guest, VmClass } from '../../facts/vm.ts';
import { act, bar, ending, type GuestHere, type Verdict } from './here.ts';
import { classes } from './plan.ts';
import { aboutOf, takingBack, wentOff } from './shed.ts';
import { asking, type ShedGuest, withdrawn } from './state.ts';

/** How long after a withdrawn shutdown a guest that still runs may yet turn out to be going down, ms. */
const withdrawnMs = 10_000;

/** How long after each start that was given up it is tried again, ms; after the last one somebody has to look. */
const startAgainMs = [60_000, 5 * 60_000, 15 * 60_000] as const;

/** How long after mains was trusted the restore of a guest ends, ms; the time of a hold is not counted. */
const restoreForMs = 24 * 3_600_000;

/** What is wanted of a guest that a power cut reached, once mains is trusted: that it runs again, as it did before. */
export function restoring(here: GuestHere & { readonly row: ShedGuest }): Verdict<ShedGuest> {
  const { row, now } = here;
  const trusted = row.trustedAt === undefined ? { ...row, trustedAt: now, heldMs: 0 } : row;
  if (here.guest.unseen) return unseen(here, trusted);
  return here.guest.running ? runsAgain(here, trusted) : bringingBack(here, trusted);
}

/** Nobody knows whether it runs, or a person has stopped it: nothing new is asked and nothing is forgotten. */
function unseen(here: GuestHere, row: ShedGuest): Verdict<ShedGuest> {
  if (row.asking?.state === 'running') return starting(here, row, row.asking.attempt);
  return { opinion: bar(aboutOf(here), row, [because('unseen')]), row };
}

function runsAgain(here: GuestHere, row: ShedGuest): Verdict<ShedGuest> {
  const { guest, now } = here;
  // However long Proxmox is out of sight: vm-lifecycle follows each request to its end, and reports what that was.
  const goesDown = guest.inFlight === 'shutdown' || guest.inFlight === 'stop';
  const isAsked = row.asking?.state === 'stopped' && !wentOff(guest, row);
  if (goesDown || isAsked) return takingBack(here, row, 'mains-back');
  const sureAt = lastAskedAt(row) + (wentOff(guest, row) ? 0 : withdrawnMs);
  if (now < sureAt) return { ...takingBack(here, row, 'mains-back'), lookAgainAt: sureAt };
  return { ending: ending(here, row, because('runs-again')), row: undefined };
}

/** When something was last asked of a shed guest, or taken back. */
function lastAskedAt({ since, withdrawnAt = since, asking: asked }: ShedGuest): number {
  return Math.max(since, withdrawnAt, asked?.since ?? since);
}

function bringingBack(here: GuestHere, row: ShedGuest): Verdict<ShedGuest> {
  const { guest, mine, now } = here;
  if (stoppedByPerson(guest, row))
    return { ending: ending(here, row, because('somebody-stopped')), row: undefined };
  if (row.gaveUpAt !== undefined) return { opinion: bar(aboutOf(here), row, [because('gave-up')]), row };
  const endsAt = (row.trustedAt ?? now) + (row.heldMs ?? 0) + restoreForMs;
  if (now >= endsAt) return { ending: ending(here, row, because('restore-over')), row: undefined };
  const verdict =
    row.asking?.state === 'running' ? asked(here, row, row.asking.attempt, mine) : waiting(here, row);
  return { ...verdict, lookAgainAt: Math.min(endsAt, verdict.lookAgainAt ?? endsAt) };
}

/**
 * A person took it off for reasons of their own: before anything was asked of it, while nobody saw it; after its shutdown was
 * withdrawn; or after they had started it again.
 */
function stoppedByPerson({ stoppedBy, stoppedAt, startedAt = 0 }: Guest, row: ShedGuest): boolean {
  if (stoppedBy !== 'person' || stoppedAt === undefined) return false;
  if (stoppedAt < row.since) return true;
  const afterIt = row.withdrawnAt !== undefined && stoppedAt > row.withdrawnAt;
  return afterIt || (startedAt > row.since && stoppedAt > startedAt);
}

function waiting(here: GuestHere, row: ShedGuest): Verdict<ShedGuest> {
  const { startableAt, now, outage } = here;
  if (startableAt !== undefined && now >= startableAt) return starting(here, row, 0);
  const { ups } = outage.feed;
  return {
    opinion: bar(aboutOf(here), row, [because('ran-before', { ups })]),
    row,
    ...(startableAt !== undefined && { lookAgainAt: startableAt }),
  };
}

function asked(
  here: GuestHere,
  row: ShedGuest,
  attempt: number,
  mine: GuestHere['mine'],
): Verdict<ShedGuest> {
  const { now } = here;
  if (mine?.fate !== 'given-up') return starting(here, row, attempt);
  const pause = startAgainMs[attempt];
  if (pause === undefined) {
    const gone: ShedGuest = { ...withdrawn(row, now), gaveUpAt: now };
    return { opinion: bar(aboutOf(here), row, [because('gave-up')]), row: gone };
  }
  const at = (mine.decidedAt ?? now) + pause;
  if (now >= at) return starting(here, row, attempt + 1);
  return { ...starting(here, row, attempt), lookAgainAt: at };
}

/** A guest that was only shed in dry-run, or in another epoch, was stopped by somebody else: starting it is not ours. */
function starting(here: GuestHere, row: ShedGuest, attempt: number): Verdict<ShedGuest> {
  const { outage, now, epoch } = here;
  const isOurs = row.enforced && row.epoch === epoch;
  const opinion = act(aboutOf(here), row, {
    state: 'running',
    attempt,
    reasons: [because('ran-before', { ups: outage.feed.ups })],
    ...(!isOurs && { limitedTo: 'dry-run' as const }),
  });
  return { opinion, row: asking(row, 'running', attempt, now) };
}

/** A guest that is being restored, and what is remembered of it. */
export interface Restored {
  readonly guest: Guest;
  readonly row: ShedGuest;
}

/**
 * From when on the restore may start a class: once every guest of a more important class that is being restored
 * runs, or was given `stepMs` to do so; one that is still going down does not run any more. Undefined while one of them
 * has not even been asked to.
 */
export function startableAt(
  vmClass: VmClass,
  restored: readonly Restored[],
  stepMs: number,
): number | undefined {
  let at = 0;
  for (const { guest, row } of restored) {
    const goesDown = guest.inFlight === 'shutdown' || guest.inFlight === 'stop';
    if (classes.indexOf(guest.class) <= classes.indexOf(vmClass) || (guest.running && !goesDown)) continue;
    if (!guest.running && row.asking?.state !== 'running') return undefined;
    at = Math.max(at, lastAskedAt(row) + stepMs);
  }
  return at;
}
