import type { Facts } from '../facts/index.ts';
import type { Ending, Mode, Opinion } from '../rules/define.ts';
import {
  type Change,
  counts,
  decideOne,
  highest,
  isSame,
  silenceMs,
  type Voice,
  wantedOf,
  wasMet,
} from './decide-one.ts';
import { heldOpinions, overruled, type SpokenOn, sameOpinions } from './held-opinions.ts';
import { type Presence, presences } from './presence.ts';
import type { Decided, DesiredRecord, Generation, Rehearsal, Wanted } from './record.ts';
import { rehearse } from './rehearse.ts';
import type { PowerTarget } from './target.ts';

/** How long an act may be begun after it was decided, and so when one that is still unmet is made anew, ms. */
export const validForMs = 10 * 60_000;

/** What a rule said: all its opinions, or that it is silent. */
export interface Said {
  readonly rule: string;
  readonly opinions: readonly Opinion[];
  readonly ended?: ReadonlyMap<PowerTarget, Ending>;
}

export interface ArbiterInput {
  /** Of rules that were asked, and of holds. */
  readonly said: readonly Said[];
  /** Bars of the rules that are silent, by target. */
  readonly silent: ReadonlyMap<PowerTarget, readonly Voice[]>;
  readonly facts: Facts;
  readonly desired: ReadonlyMap<PowerTarget, DesiredRecord>;
  readonly modes: ReadonlyMap<string, Mode>;
  readonly epoch: string;
  readonly settingsHash: string;
  /** ms since 1970. */
  readonly now: number;
}

export interface Arbitrated {
  readonly generations: readonly Generation[];
  readonly rehearsals: readonly Rehearsal[];
  /** The records that changed. */
  readonly records: readonly DesiredRecord[];
  readonly lookAgainAt?: number;
}

/**
 * Decides for each power target who has the say. Twice over the same opinions: over those that count, which makes
 * generations, always enforced; and over all as if armed, which makes rehearsals where it differs. Targets come in the
 * order of the opinions. Pure.
 */
export function arbitrate(input: ArbiterInput): Arbitrated {
  const known = presences(input.facts);
  const voices = byTarget(input);
  const targets = new Set([...voices.keys(), ...input.silent.keys(), ...input.desired.keys()]);
  const generations: Generation[] = [];
  const rehearsals: Rehearsal[] = [];
  const records: DesiredRecord[] = [];
  const due: number[] = [];
  for (const target of targets) {
    const presence = known.get(target);
    if (!presence) continue;
    const spoken = voices.get(target) ?? [];
    if (isIdle(input, target, spoken)) continue;
    const found = decideTarget(input, target, presence, spoken);
    generations.push(...found.generations);
    rehearsals.push(...found.rehearsals);
    due.push(...found.due);
    if (found.record) records.push(found.record);
  }
  return { generations, rehearsals, records, ...(due.length > 0 && { lookAgainAt: Math.min(...due) }) };
}

/** Whether only bars are said of a target of which nothing was ever wanted: nothing follows from them. Most targets are so. */
function isIdle(
  { silent, desired }: ArbiterInput,
  target: PowerTarget,
  spoken: readonly SpokenOn[],
): boolean {
  if (desired.has(target) || silent.has(target)) return false;
  return spoken.every(({ opinion }) => opinion?.kind === 'bar' && !opinion.recorded);
}

function byTarget({ said }: ArbiterInput): Map<PowerTarget, SpokenOn[]> {
  const found = new Map<PowerTarget, SpokenOn[]>();
  const add = (target: PowerTarget, each: SpokenOn): void => {
    const others = found.get(target);
    if (others) others.push(each);
    else found.set(target, [each]);
  };
  for (const { rule, opinions, ended } of said) {
    for (const opinion of opinions) add(opinion.target, { rule, opinion });
    for (const [target, ending] of ended ?? []) add(target, { rule, ending });
  }
  return found;
}

interface DecidedTarget {
  readonly generations: readonly Generation[];
  readonly rehearsals: readonly Rehearsal[];
  readonly record: DesiredRecord | undefined;
  readonly due: readonly number[];
}

function decideTarget(
  input: ArbiterInput,
  target: PowerTarget,
  presence: Presence,
  spoken: readonly SpokenOn[],
): DecidedTarget {
  const { now, modes, epoch } = input;
  const stored = input.desired.get(target);
  const record = inEpoch(stored, target, epoch);
  const silent = input.silent.get(target) ?? [];
  const held = heldOpinions(record, spoken, silent, presence, now);
  const voices: Voice[] = [
    ...spoken.flatMap(({ rule, opinion }) =>
      opinion ? [{ rule, opinion, ...(held[rule] && { held: held[rule] }) }] : [],
    ),
    ...silent,
  ];
  const opinions = overruled(held, voices, modes);
  const before = flagged(record.decided, presence);
  const endingOf = (by: Wanted | undefined) =>
    spoken.find(({ rule, ending }) => ending && rule === by?.rule)?.ending;
  const winner = highest(voices.filter((voice) => counts(voice, modes)));
  const change =
    decideOne(before, winner, { presence, ending: endingOf(before), now }) ??
    renewal(before, winner, presence, now);
  const generation = change && generationOf(input, target, before, change);
  const decided = generation?.decided ?? before;
  const rehearsal = rehearse(record.rehearsed, winner, highest(voices), {
    presence,
    ending: endingOf(record.rehearsed),
    now,
    written: change !== undefined,
  });
  const next: DesiredRecord = {
    target,
    epoch,
    ...(decided && { decided }),
    ...(rehearsal.now && { rehearsed: rehearsal.now }),
    opinions,
  };
  return {
    generations: generation ? [generation] : [],
    rehearsals: rehearsal.change ? [{ target, ...rehearsal.change }] : [],
    record: isUnchanged(stored, next) ? undefined : next,
    due: dueOf(decided, winner, presence, now),
  };
}

/** The record as it counts in this epoch: in another one nobody wants anything yet, and generations go on. */
function inEpoch(record: DesiredRecord | undefined, target: PowerTarget, epoch: string): DesiredRecord {
  if (record?.epoch === epoch) return record;
  return { target, epoch, ...(record?.decided && { decided: record.decided }), opinions: {} };
}

function flagged(decided: Decided | undefined, presence: Presence): Decided | undefined {
  return decided && !decided.met && wasMet(decided, presence) ? { ...decided, met: true } : decided;
}

/**
 * An act that is still unmet after its ten minutes is made anew, with the reasons and evidence of the first, since
 * vm-lifecycle begins nothing that is older. One that was given up is asked for again by the rule that counts attempts.
 */
function renewal(
  before: Decided | undefined,
  winner: Voice | undefined,
  presence: Presence,
  now: number,
): (Change & { renewed: true }) | undefined {
  const at = renewedAt(before, winner, presence);
  if (before === undefined || at === undefined || now < at) return undefined;
  return { wanted: before, renewed: true };
}

function renewedAt(
  before: Decided | undefined,
  winner: Voice | undefined,
  presence: Presence,
): number | undefined {
  if (!before || !winner || 'silentSince' in winner || winner.opinion.kind !== 'act' || !winner.held)
    return undefined;
  const { rule, opinion, held } = winner;
  if (!isSame(before, opinion, rule, held) || wasMet(before, presence)) return undefined;
  // It may have been so meanwhile, and a person may have changed it since; a power cut goes on by what was last known.
  if (presence.unseen && opinion.tier !== 'power') return undefined;
  if (before.attempt !== undefined && presence.gaveUp === before.generation) return undefined;
  return before.decidedAt + validForMs;
}

function dueOf(
  decided: Decided | undefined,
  winner: Voice | undefined,
  presence: Presence,
  now: number,
): number[] {
  const renewed = renewedAt(decided, winner, presence);
  const grace = winner && 'silentSince' in winner ? winner.silentSince + silenceMs : undefined;
  return [renewed, grace].flatMap((at) => (at !== undefined && at > now ? [at] : []));
}

function generationOf(
  { now, settingsHash }: ArbiterInput,
  target: PowerTarget,
  before: Decided | undefined,
  change: Change & { readonly renewed?: true },
): Generation {
  const { wanted, cause, renewed } = change;
  const correlationid = cause?.correlationid ?? before?.correlationid;
  const decided: Decided = {
    ...wantedOf(wanted),
    target,
    generation: (before?.generation ?? 0) + 1,
    decidedAt: now,
    ...(wanted.state !== 'hands-off' && { validUntil: now + validForMs }),
    ...(correlationid !== undefined && { correlationid }),
    settingsHash,
  };
  return { decided, ...(cause && { cause }), ...(renewed && { renewed }) };
}

function isUnchanged(stored: DesiredRecord | undefined, next: DesiredRecord): boolean {
  if (!stored) return !next.decided && !next.rehearsed && Object.keys(next.opinions).length === 0;
  return (
    stored.epoch === next.epoch &&
    stored.decided === next.decided &&
    stored.rehearsed === next.rehearsed &&
    sameOpinions(stored.opinions, next.opinions)
  );
}
