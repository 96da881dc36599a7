import type { Ending, Mode, Opinion } from '../rules/define.ts';
import { counts, highest, isHeldMet, type Voice } from './decide-one.ts';
import type { Presence } from './presence.ts';
import type { DesiredRecord, HeldOpinion } from './record.ts';

/** What a rule said of one target: an opinion, or why it has none any more. */
export interface SpokenOn {
  readonly rule: string;
  readonly opinion?: Opinion;
  readonly ending?: Ending;
}

/** The acts that rules want, each since it wants the same; that of a rule that is silent stays as it was. */
export function heldOpinions(
  record: DesiredRecord,
  spoken: readonly SpokenOn[],
  silent: readonly Voice[],
  presence: Presence,
  now: number,
): DesiredRecord['opinions'] {
  const kept = Object.entries(record.opinions).filter(([rule]) =>
    silent.some((voice) => voice.rule === rule),
  );
  const wanted = spoken.flatMap(({ rule, opinion }) => {
    if (opinion?.kind !== 'act') return [];
    const { tier, state, clause, attempt, limitedTo } = opinion;
    const last = presence.last?.[state];
    const fresh: HeldOpinion = {
      tier,
      state,
      clause,
      since: now,
      ...(last !== undefined && { before: last }),
      ...(attempt !== undefined && { attempt }),
      ...(limitedTo && { limitedTo }),
    };
    const before = record.opinions[rule];
    const held = before && isSameWish(before, fresh) ? before : fresh;
    const met = !held.met && isHeldMet(held, presence);
    return [[rule, met ? { ...held, met: true as const } : held] as const];
  });
  return Object.fromEntries([...kept, ...wanted]);
}

/** The opinions with which of them do not have the say: of a rule in dry-run, would not have it if it was armed. */
export function overruled(
  held: DesiredRecord['opinions'],
  voices: readonly Voice[],
  modes: ReadonlyMap<string, Mode>,
): DesiredRecord['opinions'] {
  const marked = Object.entries(held).map(([rule, opinion]) => {
    const winner = highest(voices.filter((voice) => voice.rule === rule || counts(voice, modes)));
    const isOverruled = winner !== undefined && winner.rule !== rule;
    if (isOverruled === (opinion.overruled === true)) return [rule, opinion] as const;
    const { overruled: _, ...rest } = opinion;
    return [rule, isOverruled ? { ...opinion, overruled: true as const } : rest] as const;
  });
  return Object.fromEntries(marked);
}

function isSameWish(a: HeldOpinion, b: HeldOpinion): boolean {
  return (
    a.tier === b.tier &&
    a.state === b.state &&
    a.clause === b.clause &&
    a.attempt === b.attempt &&
    a.limitedTo === b.limitedTo
  );
}

/** Whether nothing changed in what rules want. */
export function sameOpinions(a: DesiredRecord['opinions'], b: DesiredRecord['opinions']): boolean {
  const rules = Object.keys(a);
  return rules.length === Object.keys(b).length && rules.every((rule) => a[rule] === b[rule]);
}
