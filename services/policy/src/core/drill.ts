import { because, type Drill, type DrillGuest, phrase, type Reason } from '@huismeester/contracts';
import { isSelf } from './backwards.ts';
import { problemsOf } from './drill-problems.ts';
import type { Guest } from './guest.ts';
import { clauseOf, type Model, nodeClause, nodeKey, type PolicySettings } from './model.ts';
import { Rehearsal } from './rehearsal.ts';

/** Which power cut is thought through: the UPSes whose mains fails, and what their batteries hold where that is given. */
export interface DrillOf {
  readonly ups: readonly string[];
  readonly chargePct?: number;
  readonly runtimeMs?: number;
}

/**
 * A power cut that is only thought through, by the very rules that decide in a real one: guest by guest what, when and
 * why, until the battery is empty, then back. Nothing is touched. `now` is ms since 1970.
 */
export function drill(model: Model, settings: PolicySettings, asked: DrillOf, now: number): Drill {
  const rehearsal = new Rehearsal(model, settings, asked, now);
  rehearsal.cut();
  rehearsal.mainsBack();
  const guests = [...model.guests.values()].map((guest) => fateOf(guest, model, settings, rehearsal));
  const nodes = nodesOf(settings, rehearsal);
  const problems = problemsOf({ model, settings, asked, rehearsal, guests });
  const { emptyMs } = rehearsal;
  return {
    fits: problems.every(({ severity }) => severity !== 'error'),
    ups: [...asked.ups],
    from: rehearsal.from,
    ...(emptyMs !== undefined && { empty_s: emptyMs / 1000 }),
    stages: rehearsal.stages,
    guests: guests.sort((a, b) => (a.at_s ?? Number.MAX_VALUE) - (b.at_s ?? Number.MAX_VALUE)),
    nodes,
    problems,
  };
}

function fateOf(
  guest: Guest,
  model: Model,
  settings: PolicySettings,
  { asked, down, back, emptyMsOf, isCut }: Rehearsal,
): DrillGuest {
  const clause = clauseOf[guest.class];
  const about = {
    vm: guest.vm,
    class: guest.class,
    hypervisor: guest.hypervisor,
    node: guest.node,
    mode: settings.modes.get(clause) ?? ('dry-run' as const),
    clause,
  };
  const key = nodeKey(guest.hypervisor, guest.node);
  const tell = (fate: DrillGuest['fate'], reasons: readonly Reason[], times: object = {}): DrillGuest => ({
    ...about,
    fate,
    ...times,
    reason: phrase(reasons, 'en'),
    reasons: [...reasons],
  });
  if (!guest.running) return tell('off', [because('is-off')]);
  if (!isCut(key)) return tell('left-alone', [because('not-in-outage')]);
  if (model.holds.has(guest.vm)) return tell('left-alone', [because('on-hold-now')]);
  if (isSelf(guest, settings)) return tell('with-its-node', [because('self')]);
  const request = asked.get(guest.vm);
  if (!request) {
    const endless = emptyMsOf(key) === undefined;
    return tell(endless ? 'left-alone' : 'loses-power', [because(endless ? 'nothing-asked' : 'loses-power')]);
  }
  const downAt = down.get(guest.vm);
  const backAt = back.get(guest.vm);
  return tell(downAt === undefined ? 'loses-power' : 'shut-down', request.reasons, {
    at_s: request.atMs / 1000,
    ...(downAt !== undefined && { down_s: downAt / 1000 }),
    ...(backAt !== undefined && { back_s: backAt / 1000 }),
  });
}

function nodesOf(settings: PolicySettings, { nodesAsked, isCut }: Rehearsal): Drill['nodes'] {
  return [...settings.nodes].map(([key, { hypervisor, node, nodeShutdown, wake }]) => {
    const request = nodesAsked.get(key);
    const cut = isCut(key);
    const by = cut ? nodeShutdown : 'nobody';
    const otherwise = cut ? (nodeShutdown === 'upsmon' ? 'by-upsmon' : 'nothing-asked') : 'by-nobody';
    const reasons = request?.reasons ?? [because(otherwise)];
    return {
      ...{ hypervisor, node, by, clause: nodeClause, reason: phrase(reasons, 'en'), reasons: [...reasons] },
      ...(request && { at_s: request.atMs / 1000 }),
      ...(wake !== undefined && { back: wake }),
    };
  });
}
