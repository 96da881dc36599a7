import { because, type Reason, type ReasonCode } from '@huismeester/contracts';
import { stored } from '../../facts/clock-rollback.ts';
import type { Guest } from '../../facts/vm.ts';
import { act, bar, clauseOf, type GuestHere, type Verdict } from './here.ts';
import { rank } from './plan.ts';
import { asking, type ShedGuest, withdrawn } from './state.ts';

/** How long after a stop that was given up it is asked for anew, ms: storage and network come back slowly. */
const anewAfterMs = 60_000;

const turn = {
  participant: 'turn-participant',
  'space-wide': 'turn-space-wide',
  core: 'turn-core',
} as const;

/**
 * What is wanted of a guest while its node is in a power cut: a stop from its turn on, until it is seen off; else nothing
 * below may act on it.
 */
export function inOutage(here: GuestHere): Verdict<ShedGuest> {
  const { guest, outage, isSelf } = here;
  const { stage, reasons } = outage.verdict;
  const row = here.row && untrusted(here.row);
  if (rank(stage) >= rank(guest.class)) return isSelf ? goingLast(here, row) : due(here, row);
  if (stage === 'recovering') return takingBack(here, row, 'mains-back');
  return row ? takingBack(here, row, 'not-its-turn') : { opinion: barOf(here, undefined, reasons), row };
}

/** The outage is not over, or a new one began: mains is not trusted. */
function untrusted(row: ShedGuest): ShedGuest {
  if (row.trustedAt === undefined && row.heldAt === undefined && row.gaveUpAt === undefined) return row;
  const { trustedAt: _t, heldMs: _m, heldAt: _h, gaveUpAt: _g, ...rest } = row;
  return rest;
}

/**
 * Whether a guest was seen off since it was shed: whoever starts it after that is not opposed. A stop that was known then is
 * none of these, whatever its time says: the clock may have been set back in between.
 */
export function wentOff(guest: Guest, { since, stopped }: Pick<ShedGuest, 'since' | 'stopped'>): boolean {
  const { stoppedAt } = guest;
  const isNew = stopped === undefined || stored(guest).stoppedAt !== stopped;
  return isNew && stoppedAt !== undefined && stoppedAt >= since;
}

/**
 * Whether another guest stands under the id than was shed. Where that cannot be told, one that was found anew since then is another: the same
 * one may be gone from the listing for a while, as when the rights on its pool were.
 */
export function isAnother(
  guest: Guest,
  { since, found, incarnation }: Pick<ShedGuest, 'since' | 'found' | 'incarnation'>,
): boolean {
  const { foundAt } = guest;
  if (incarnation !== undefined && guest.incarnation !== undefined) return incarnation !== guest.incarnation;
  const isNew = found === undefined || stored(guest).foundAt !== found;
  return isNew && foundAt !== undefined && foundAt > since;
}

/** What Huismeester itself needs is left to its node, and remembered, so that it is started if it went off with it. */
function goingLast(here: GuestHere, row: ShedGuest | undefined): Verdict<ShedGuest> {
  const { guest, outage } = here;
  const reasons = [...outage.verdict.reasons, because('self')];
  if (!row && !guest.running) return { opinion: barOf(here, undefined, reasons), row };
  const kept = row ?? freshRow(here);
  return { opinion: barOf(here, kept, reasons, true), row: kept };
}

/** Since when a guest is shed that is now to be stopped, and what is known of it then. */
function shedNow({ guest, now }: GuestHere): Pick<ShedGuest, 'since' | 'found' | 'stopped' | 'incarnation'> {
  const { foundAt, stoppedAt, incarnation } = stored(guest);
  return {
    since: now,
    ...(foundAt !== undefined && { found: foundAt }),
    ...(stoppedAt !== undefined && { stopped: stoppedAt }),
    ...(incarnation !== undefined && { incarnation }),
  };
}

function freshRow(here: GuestHere): ShedGuest {
  const { epoch, mode, outage, row } = here;
  const correlationid = outage.feed.evidence[0]?.correlationid ?? row?.correlationid ?? '';
  const evidence = outage.feed.evidence.map(({ id }) => id);
  return { kind: 'guest', epoch, ...shedNow(here), enforced: mode === 'enforce', correlationid, evidence };
}

function due(here: GuestHere, row: ShedGuest | undefined): Verdict<ShedGuest> {
  const { guest, outage, now } = here;
  const reasons = [...outage.verdict.reasons, because(turn[guest.class])];
  if (row?.asking?.state !== 'stopped') {
    const comes = guest.inFlight === 'start' || row?.asking?.state === 'running';
    if (!guest.running && !comes) return { opinion: barOf(here, row, reasons), row };
    return stopping(here, freshRow(here), 0, reasons);
  }
  if (!guest.running) return { opinion: barOf(here, row, reasons), row };
  const { attempt } = row.asking;
  if (wentOff(guest, row)) {
    // A person started it. But not in the next spell on battery: a node that booted in between has started what is set to
    // start with it.
    if ((guest.stoppedAt ?? 0) >= outage.feed.since) return { opinion: barOf(here, row, reasons), row };
    return stopping(here, { ...row, ...shedNow(here) }, attempt + 1, reasons);
  }
  // It may be off, and on again, by now: a shutdown that failed is asked for anew once it is seen.
  if (here.mine?.fate !== 'given-up' || guest.unseen) return stopping(here, row, attempt, reasons);
  const at = (here.mine.decidedAt ?? now) + anewAfterMs;
  const failed = row.stopFailed ? row : { ...row, stopFailed: true as const };
  if (now >= at) return stopping(here, failed, attempt + 1, reasons);
  return { ...stopping(here, failed, attempt, reasons), lookAgainAt: at };
}

function stopping(
  here: GuestHere,
  row: ShedGuest,
  attempt: number,
  reasons: readonly Reason[],
): Verdict<ShedGuest> {
  const { mode, now } = here;
  // Who disarms the clause after the request was sent still wants back what went down by it.
  const enforced = mode === 'enforce' && !row.enforced ? { ...row, enforced: true } : row;
  const asked = asking(enforced, 'stopped', attempt, now);
  return { opinion: act(aboutOf(here), asked, { state: 'stopped', attempt, reasons }), row: asked };
}

/** What was asked and is not so yet is taken back: what is already going down goes down, nothing else does. */
export function takingBack(
  here: GuestHere,
  row: ShedGuest | undefined,
  code: ReasonCode,
): Verdict<ShedGuest> {
  const { guest, outage, now } = here;
  const reasons = [because(code, { ups: outage.feed.ups })];
  const open =
    row?.asking?.state === 'stopped' ? guest.running && !wentOff(guest, row) : row?.asking && !guest.running;
  return { opinion: barOf(here, row, reasons), row: row && open ? withdrawn(row, now) : row };
}

/** A guest as an opinion is about it. */
export function aboutOf({ target, outage, guest }: GuestHere) {
  return { target, outage, clause: clauseOf[guest.class] };
}

function barOf(here: GuestHere, row: ShedGuest | undefined, reasons: readonly Reason[], recorded = false) {
  return bar(aboutOf(here), row, reasons, recorded);
}
