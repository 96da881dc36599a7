import { because } from '@huismeester/contracts';
import { begunWith, type Case, type Change, isHeldMet, type Voice, wantedOf, wasMet } from './decide-one.ts';
import type { Wanted } from './record.ts';

/** What is rehearsed of a target from now on, and the change of it that is to be said. */
export interface Rehearsed {
  readonly now: Wanted | undefined;
  readonly change?: Change;
}

/**
 * What would be wanted if all was armed (`winner`), where that differs from what is (`counting`, the voice that has the
 * say now). One change is said once, and so is its end, unless a decision says it; it is never made anew.
 */
export function rehearse(
  before: Wanted | undefined,
  counting: Voice | undefined,
  winner: Voice | undefined,
  here: Case & { readonly written: boolean },
): Rehearsed {
  // While a rule is silent, nobody can say what it would want.
  if (isSilent(counting) || isSilent(winner)) return { now: before };
  const real = actOf(counting, here);
  const wish = actOf(winner, here, real !== undefined);
  if (wish && !(real && isLike(real, wish))) {
    if (before && isLike(before, wish)) return { now: before };
    const cause = causeOf(winner);
    return { now: wish, change: { wanted: wish, ...(cause && { cause }) } };
  }
  if (!before || before.state === 'hands-off' || here.written || wish) return { now: undefined };
  // What was rehearsed and came about by itself stands until nothing bars it any more, as a decision would.
  if (winner && wasMet(before, here.presence)) return { now: before };
  return { now: undefined, change: ended(before, winner, here) };
}

function isSilent(voice: Voice | undefined): boolean {
  return voice !== undefined && 'silentSince' in voice;
}

/** The act that a voice asks for; what is so already asks for nothing, unless something else is going to be done. */
function actOf(voice: Voice | undefined, { presence }: Case, metToo = false): Wanted | undefined {
  if (!voice || 'silentSince' in voice || voice.opinion.kind !== 'act' || !voice.held) return undefined;
  const { rule, opinion, held } = voice;
  if (!metToo && isHeldMet(held, presence)) return undefined;
  return wantedOf({ ...opinion, ...begunWith(held), rule });
}

function isLike(a: Wanted, b: Wanted): boolean {
  return a.rule === b.rule && a.tier === b.tier && a.state === b.state && a.clause === b.clause;
}

function causeOf(voice: Voice | undefined) {
  return voice && !('silentSince' in voice) ? voice.opinion.cause : undefined;
}

/** Nothing would be wanted any more. */
function ended(before: Wanted, winner: Voice | undefined, { ending, now }: Case): Change {
  const bar = winner && !('silentSince' in winner) ? winner.opinion : undefined;
  const why = bar ?? ending;
  const cause = why?.cause;
  const wanted: Wanted = {
    rule: bar && winner ? winner.rule : 'none',
    tier: bar?.tier ?? 'none',
    state: 'hands-off',
    clause: before.clause,
    reasons: why?.reasons ?? [because('no-rule')],
    evidence: why?.evidence ?? [],
    since: now,
  };
  return { wanted, ...(cause && { cause }) };
}
