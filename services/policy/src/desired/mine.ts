import { armedAs, type Mine, type Mode } from '../rules/define.ts';
import { isHeldMet, isSame, wasMet } from './decide-one.ts';
import type { Presence } from './presence.ts';
import type { DesiredRecord, HeldOpinion } from './record.ts';
import type { PowerTarget } from './target.ts';

/** How a rule's own acts stand, by target, as it is shown them when it is asked. */
export function mineOf(
  rule: string,
  desired: ReadonlyMap<PowerTarget, DesiredRecord>,
  known: ReadonlyMap<PowerTarget, Presence>,
  { epoch, modes }: { readonly epoch: string; readonly modes: ReadonlyMap<string, Mode> },
): ReadonlyMap<PowerTarget, Mine> {
  const found = new Map<PowerTarget, Mine>();
  for (const [target, record] of desired) {
    const held = record.epoch === epoch ? record.opinions[rule] : undefined;
    const presence = known.get(target);
    if (held && presence) found.set(target, mine(rule, held, record, presence, modes));
  }
  return found;
}

function mine(
  rule: string,
  held: HeldOpinion,
  { decided }: DesiredRecord,
  presence: Presence,
  modes: ReadonlyMap<string, Mode>,
): Mine {
  const { state, attempt, since, clause, limitedTo } = held;
  const own = decided && !held.overruled && isSame(decided, held, rule, held) ? decided : undefined;
  const counts = limitedTo === undefined && modes.get(armedAs(rule, clause)) === 'enforce';
  const fate = (): Mine['fate'] => {
    if (isHeldMet(held, presence) || (own && wasMet(own, presence))) return 'met';
    if (own && counts) return presence.gaveUp === own.generation ? 'given-up' : 'pending';
    return held.overruled || counts ? 'overruled' : 'dry-run';
  };
  return {
    state,
    since,
    fate: fate(),
    ...(attempt !== undefined && { attempt }),
    ...(own && { generation: own.generation, decidedAt: own.decidedAt }),
  };
}
