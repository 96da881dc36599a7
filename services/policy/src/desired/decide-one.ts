import { because, type Reason } from '@huismeester/contracts';
import type { Evidence } from '../facts/ups.ts';
import {
  type Act,
  armedAs,
  type Ending,
  type Mode,
  type Opinion,
  type Tier,
  tiers,
} from '../rules/define.ts';
import { isMet, type Presence } from './presence.ts';
import type { HeldOpinion, Wanted } from './record.ts';

/** One voice about a power target: a rule's opinion, or the bar of a rule that is silent. */
export type Voice = Spoken | Silent;

interface Spoken {
  readonly rule: string;
  readonly opinion: Opinion;
  /** Of an act: for how long the rule wants it. */
  readonly held?: HeldOpinion;
}

interface Silent {
  readonly rule: string;
  readonly tier: Tier;
  /** ms since 1970. */
  readonly silentSince: number;
}

/** A new decision, with what led to it. */
export interface Change {
  readonly wanted: Wanted;
  readonly cause?: Evidence;
}

/** How long a rule may be silent before acts of the tiers below it that are still unmet are taken back, ms. */
export const silenceMs = 10_000;

const isSilent = (voice: Voice): voice is Silent => 'silentSince' in voice;
const tierOf = (voice: Voice): Tier => (isSilent(voice) ? voice.tier : voice.opinion.tier);

/** Whether an opinion counts: a bar always, an act when its rule and clause are armed. */
export function counts(voice: Voice, modes: ReadonlyMap<string, Mode>): boolean {
  if (isSilent(voice) || voice.opinion.kind === 'bar') return true;
  const { clause, limitedTo } = voice.opinion;
  return limitedTo === undefined && modes.get(armedAs(voice.rule, clause)) === 'enforce';
}

/** The voice of the highest tier; within one tier a bar comes before an act. */
export function highest(voices: readonly Voice[]): Voice | undefined {
  const rank = (voice: Voice): number =>
    2 * tiers.indexOf(tierOf(voice)) + (!isSilent(voice) && voice.opinion.kind === 'act' ? 1 : 0);
  return voices.reduce<Voice | undefined>(
    (best, voice) => (best === undefined || rank(voice) < rank(best) ? voice : best),
    undefined,
  );
}

/** What one target hangs on when it is decided about. */
export interface Case {
  readonly presence: Presence;
  /** Why the rule of the decision before has no opinion any more. */
  readonly ending: Ending | undefined;
  /** ms since 1970. */
  readonly now: number;
}

/**
 * What is wanted of a target after `winner`, the voice with the say, if that is another decision than `before`; undefined:
 * what was decided stands. The same decision is the same rule, tier, state, clause and attempt of one and the same wish.
 * What is wanted and already so counts as a bar; a bar takes back what is still unmet, and is otherwise not written down.
 */
export function decideOne(
  before: Wanted | undefined,
  winner: Voice | undefined,
  here: Case,
): Change | undefined {
  const acts = before !== undefined && before.state !== 'hands-off' ? before : undefined;
  const reached = acts !== undefined && wasMet(acts, here.presence);
  if (winner !== undefined && isSilent(winner)) {
    // Its own decisions stay as they are: neither renewed nor taken back.
    if (!acts || reached || acts.rule === winner.rule) return undefined;
    if (isAbove(acts, winner.tier)) return over(acts, here);
    return here.now >= winner.silentSince + silenceMs ? silenced(acts, winner) : undefined;
  }
  if (winner?.opinion.kind === 'act' && winner.held && !isHeldMet(winner.held, here.presence)) {
    if (isSame(before, winner.opinion, winner.rule, winner.held)) return undefined;
    // A power cut cannot wait until a target is seen; of the others' acts nobody can say whether they are called for.
    if (!here.presence.unseen || winner.opinion.tier === 'power')
      return asked(winner.opinion, winner.rule, winner.held);
  }
  if (winner?.opinion.kind === 'bar' && winner.opinion.recorded) {
    const { rule, opinion } = winner;
    const same = before?.recorded && before.rule === rule && before.clause === opinion.clause;
    return same ? undefined : barred(opinion, rule, here.now);
  }
  if (acts && !reached) return winner ? barred(winner.opinion, winner.rule, here.now) : over(acts, here);
  if (acts) return winner ? undefined : over(acts, here);
  return before?.recorded && winner?.rule !== before.rule ? over(before, here) : undefined;
}

function isAbove({ tier }: Wanted, other: Tier): boolean {
  return tier !== 'none' && tiers.indexOf(tier) < tiers.indexOf(other);
}

/** Whether the act of a decision was reached. */
export function wasMet(wanted: Wanted, presence: Presence): boolean {
  const { state } = wanted;
  return state !== 'hands-off' && (wanted.met === true || isMet({ ...wanted, state }, presence));
}

/** Whether what a rule wants was so since it wants it. */
export function isHeldMet(held: HeldOpinion, presence: Presence): boolean {
  return held.met === true || isMet(held, presence);
}

/** Whether a decision was made of this act. */
export function isSame(
  wanted: Wanted | undefined,
  act: Pick<Act, 'tier' | 'state' | 'clause' | 'attempt'>,
  rule: string,
  held: Pick<HeldOpinion, 'since'>,
): boolean {
  return (
    wanted !== undefined &&
    wanted.rule === rule &&
    wanted.tier === act.tier &&
    wanted.state === act.state &&
    wanted.clause === act.clause &&
    wanted.attempt === act.attempt &&
    wanted.since === held.since
  );
}

/** What of an act, a bar or a decision is what is wanted. */
export function wantedOf(of: Omit<Wanted, 'met'>): Wanted {
  const { rule, tier, state, clause, reasons, evidence, since, before, attempt, stage, recorded } = of;
  return {
    rule,
    tier,
    state,
    clause,
    reasons,
    evidence,
    since,
    ...(before !== undefined && { before }),
    ...(attempt !== undefined && { attempt }),
    ...(stage !== undefined && { stage }),
    ...(recorded && { recorded }),
  };
}

function asked(act: Act, rule: string, held: HeldOpinion): Change {
  return { wanted: wantedOf({ ...act, ...begunWith(held), rule }), ...(act.cause && { cause: act.cause }) };
}

/** What of a wish a decision that is made of it keeps. */
export function begunWith({ since, before }: HeldOpinion): Pick<Wanted, 'since' | 'before'> {
  return { since, ...(before !== undefined && { before }) };
}

function barred(opinion: Opinion, rule: string, since: number): Change {
  const { attempt: _, ...wanted } = wantedOf({ ...opinion, rule, since, state: 'hands-off' });
  return { wanted, ...(opinion.cause && { cause: opinion.cause }) };
}

/** No rule has a say any more. */
function over(before: Wanted, { ending, now }: Case): Change {
  const reasons: readonly Reason[] = ending?.reasons ?? [
    because(before.tier === 'hold' ? 'hold-over' : 'no-rule'),
  ];
  const { clause } = before;
  const evidence = ending?.evidence ?? [];
  const wanted: Wanted = {
    rule: 'none',
    tier: 'none',
    state: 'hands-off',
    clause,
    reasons,
    evidence,
    since: now,
  };
  return { wanted, ...(ending?.cause && { cause: ending.cause }) };
}

function silenced({ clause }: Wanted, { rule, tier, silentSince }: Silent): Change {
  const reasons = [because('rule-silent', { text: rule })];
  return { wanted: { rule, tier, state: 'hands-off', clause, reasons, evidence: [], since: silentSince } };
}
