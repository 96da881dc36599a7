import { because, type Mode, type Reason, type ReasonCode } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Feed } from './feed.ts';
import { type Desired, type Guest, type Standing, wentOff } from './guest.ts';
import type { Hold } from './hold.ts';
import type { StageVerdict } from './stage.ts';
import { classes, rank, type VmClass } from './words.ts';

/** The feed that governs a guest, and how its power cut stands. */
export interface Governing {
  readonly feed: Feed;
  readonly verdict: StageVerdict;
}

/** What is wanted of a guest from now on. */
export interface Want {
  readonly state: Desired['state'];
  readonly rule: Desired['rule'];
  readonly reasons: readonly Reason[];
  readonly shed: Standing['shed'];
}

/** Everything that a guest's desired state hangs on. */
export interface Circumstances {
  readonly guest: Guest;
  readonly standing: Standing | undefined;
  readonly governing: Governing;
  readonly hold: Hold | undefined;
  /** Whether Huismeester itself needs it: it is then never asked to shut down, and goes with its node. */
  readonly self: boolean;
  readonly mode: Static<typeof Mode>;
  /** From when on the restore may start this guest; undefined: only once something else happened. */
  readonly startableAt: number | undefined;
  readonly now: number;
}

/** A new decision, the time until which to leave things as they are, or nothing at all. */
export type Verdict = { readonly want: Want } | { readonly lookAgainAt: number } | undefined;

/** How long after a withdrawn shutdown a guest that still runs may yet turn out to be going down. */
const settleMs = 10_000;

/** How long after a decision that was given up it is made anew. */
const anewAfterMs = 60_000;

/** How long after each start that was given up it is tried again; after the last one somebody has to look. */
const startAgainMs = [60_000, 5 * 60_000, 15 * 60_000] as const;

/**
 * What is wanted of one guest now; `undefined` is: what was decided before still holds. A hold comes before the power
 * rules (design: the precedence of desired states); where it ends, they have their say again.
 */
export function wantedOf(here: Circumstances): Verdict {
  const { hold, standing } = here;
  if (hold) return onHold(here, hold);
  const verdict = byPower(here);
  if (standing?.desired.rule !== 'hold' || (verdict && 'want' in verdict)) return verdict;
  return { want: { ...keep('hold-over'), shed: standing.shed } };
}

function onHold({ standing }: Circumstances, { until, because: text }: Hold): Verdict {
  const said = because('hold', { until: new Date(until).toISOString(), text });
  const { desired } = standing ?? {};
  const same = desired?.reasons?.[0];
  if (desired?.rule === 'hold' && same?.until === said.until && same?.text === said.text) {
    return { lookAgainAt: until };
  }
  return { want: { state: 'hands-off', rule: 'hold', reasons: [said], shed: standing?.shed } };
}

function byPower(here: Circumstances): Verdict {
  const { stage } = here.governing.verdict;
  if (rank(stage) >= rank(here.guest.class)) return here.self ? goingLast(here) : shedding(here);
  if (stage === 'recovering') return withdrawing(here);
  if (stage === 'mains') return restoring(here);
  return tooEarly(here);
}

/** What Huismeester itself needs is left to its node, and remembered, so that it is started if it went off with it. */
function goingLast({ guest, standing, governing, mode, now }: Circumstances): Verdict {
  if (standing?.shed || !guest.running) return undefined;
  const correlationid = governing.feed.evidence[0]?.correlationid ?? '';
  const shed = { enforced: mode === 'enforce', since: now, correlationid };
  return {
    want: { state: 'hands-off', rule: 'power', reasons: [...reasons(governing), because('self')], shed },
  };
}

function reasons({ verdict }: Governing): readonly Reason[] {
  return verdict.reasons;
}

function shedding(here: Circumstances): Verdict {
  const { guest, standing, governing, mode, now } = here;
  const asked = standing?.desired.state === 'stopped' ? standing.desired : undefined;
  const correlationid = governing.feed.evidence[0]?.correlationid ?? standing?.shed?.correlationid ?? '';
  const firstShed = asked && standing?.shed?.since;
  const want: Want = {
    state: 'stopped',
    rule: 'power',
    reasons: [...reasons(governing), because(turn[guest.class])],
    // Who disarms the clause after the request was sent still wants back what went down by it.
    shed: {
      enforced: mode === 'enforce' || (asked !== undefined && standing?.shed?.enforced === true),
      since: firstShed ?? now,
      correlationid,
    },
  };
  const onOrComing = guest.running || guest.inFlight === 'start' || standing?.desired.state === 'running';
  if (!asked) return onOrComing ? { want } : undefined;
  // Seen off since: whoever started it again is not fought (policy.md, "fighting a person who repairs").
  if (!guest.running) return undefined;
  if (wentOff(guest, standing)) {
    // But not in the next spell on battery: a node that booted in between has started what is set to start with it.
    const before = (guest.stoppedAt ?? 0) < governing.feed.since;
    return before && want.shed ? { want: { ...want, shed: { ...want.shed, since: now } } } : undefined;
  }
  if (asked.mode !== mode) return { want };
  return guest.gaveUp === asked.generation ? anew(standing, want, now) : again(asked, want, now);
}

/** What was given up while it is still wanted is asked for again after a while: storage and network come back slowly. */
function anew(standing: Standing | undefined, want: Want, now: number): Verdict {
  const at = (standing?.decidedAt ?? 0) + anewAfterMs;
  return now >= at ? { want } : { lookAgainAt: at };
}

const turn = {
  participant: 'turn-participant',
  'space-wide': 'turn-space-wide',
  core: 'turn-core',
} as const;

/** On battery, but it is not this guest's turn, yet or any more: what was asked before is taken back. */
function tooEarly(here: Circumstances): Verdict {
  const { guest, standing } = here;
  if (standing?.desired.state === 'stopped') return withdrawing(here, 'not-its-turn');
  if (standing?.desired.state !== 'running' || guest.running) return undefined;
  return leave(here, 'not-its-turn');
}

/** What is already going down goes down, nothing else does. */
function withdrawing(here: Circumstances, code: ReasonCode = 'mains-back'): Verdict {
  const { guest, standing } = here;
  if (standing?.desired.state !== 'stopped' || !guest.running || wentOff(guest, standing)) {
    return undefined;
  }
  return leave(here, code);
}

function leave({ standing, governing }: Circumstances, code: ReasonCode): Verdict {
  const said = [because(code, { ups: governing.feed.ups })];
  return { want: { state: 'hands-off', rule: 'power', reasons: said, shed: standing?.shed } };
}

function restoring(here: Circumstances): Verdict {
  const { guest, standing } = here;
  if (!standing || (!standing.shed && standing.desired.state === 'hands-off')) return undefined;
  if (!standing.shed) return { want: keep('no-rule') };
  return guest.running ? runsAgain(here, standing) : bringingBack(here, standing);
}

function runsAgain(here: Circumstances, standing: Standing): Verdict {
  const { guest, now } = here;
  // However long Proxmox is out of sight: vm-lifecycle follows each request to its end, and says what that was.
  if (guest.inFlight === 'shutdown' || guest.inFlight === 'stop') return undefined;
  if (standing.desired.state === 'stopped' && !wentOff(guest, standing)) return withdrawing(here);
  const settledAt = standing.decidedAt + (wentOff(guest, standing) ? 0 : settleMs);
  if (now < settledAt) return { lookAgainAt: settledAt };
  return { want: keep('runs-again') };
}

function bringingBack(here: Circumstances, standing: Standing): Verdict {
  const { guest, governing, mode, startableAt, now } = here;
  const asked = standing.desired.state === 'running' ? standing.desired : undefined;
  if (stoppedSince(guest, standing)) return { want: keep('somebody-stopped') };
  const want: Want = {
    state: 'running',
    rule: 'power',
    reasons: [because('ran-before', { ups: governing.feed.ups })],
    shed: standing.shed,
  };
  if (asked && guest.gaveUp === asked.generation) return startingAgain(standing, want, now);
  if (asked?.mode === 'dry-run' && now >= Date.parse(asked.validUntil ?? '')) {
    return { want: keep('dry-run-over') };
  }
  if (asked) return asked.mode === modeOfStart(standing, mode) ? again(asked, want, now) : { want };
  if (startableAt === undefined) return undefined;
  return now >= startableAt ? { want } : { lookAgainAt: startableAt };
}

/** Whether a person took it off after its shutdown was withdrawn: they meant to, power cut or not. */
function stoppedSince({ stoppedAt, stoppedBy }: Guest, { desired, decidedAt }: Standing): boolean {
  return desired.state === 'hands-off' && stoppedBy === 'person' && (stoppedAt ?? 0) > decidedAt;
}

function startingAgain({ shed, decidedAt }: Standing, want: Want, now: number): Verdict {
  const times = shed?.startsGivenUp ?? 0;
  const pause = startAgainMs[times];
  if (shed === undefined || pause === undefined) return { want: keep('gave-up') };
  if (now < decidedAt + pause) return { lookAgainAt: decidedAt + pause };
  return { want: { ...want, shed: { ...shed, startsGivenUp: times + 1 } } };
}

/** A guest that was only shed in dry-run was stopped by somebody else, so starting it is not ours to do. */
export function modeOfStart(standing: Standing | undefined, mode: Static<typeof Mode>): Static<typeof Mode> {
  return standing?.shed?.enforced ? mode : 'dry-run';
}

/** A power decision is made anew when it has become too old to be acted upon, never resumed. */
function again(asked: Desired, want: Want, now: number): Verdict {
  const until = Date.parse(asked.validUntil ?? '');
  return now >= until ? { want } : { lookAgainAt: until };
}

function keep(code: ReasonCode): Want {
  return { state: 'hands-off', rule: 'keep', reasons: [because(code)], shed: undefined };
}

/**
 * From when on the restore may start a class: once every guest of a more important class that is being restored
 * runs, or was given `stepMs` to do so; one that is still going down does not run any more. Undefined while one of them
 * has not even been asked to.
 */
export function startableAt(
  vmClass: VmClass,
  restored: readonly { guest: Guest; standing: Standing }[],
  stepMs: number,
): number | undefined {
  let at = 0;
  for (const other of restored) {
    const { guest, standing } = other;
    const goesDown = guest.inFlight === 'shutdown' || guest.inFlight === 'stop';
    if (classes.indexOf(guest.class) <= classes.indexOf(vmClass) || (guest.running && !goesDown)) continue;
    if (!guest.running && standing.desired.state !== 'running') return undefined;
    at = Math.max(at, standing.decidedAt + stepMs);
  }
  return at;
}
