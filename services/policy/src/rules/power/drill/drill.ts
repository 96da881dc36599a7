import { because, type Drill, type DrillGuest, phrase, type Reason } from '@huismeester/contracts';
import { holdsByTarget } from '../../../facts/hold.ts';
import type { Facts } from '../../../facts/index.ts';
import { nodeKey } from '../../../facts/node.ts';
import type { Guest } from '../../../facts/vm.ts';
import { armedAs, type Mode } from '../../define.ts';
import type { PolicySettings } from '../../settings.ts';
import { type Index, indexOf, isHeld, isSelf } from '../budget.ts';
import { clauseOf, nodeClause } from '../here.ts';
import { power } from '../rule.ts';
import type { DrillOf } from './batteries.ts';
import { problemsOf } from './problems.ts';
import { Rehearsal } from './rehearsal.ts';

/**
 * A rehearsed power cut, decided by the very rule that decides in a real one: guest by guest what, when and
 * why, until the battery is empty, then back. Nothing is touched. `now` is ms since 1970.
 */
export function drill(
  facts: Facts,
  { settings, modes }: { readonly settings: PolicySettings; readonly modes: ReadonlyMap<string, Mode> },
  asked: DrillOf,
  now: number,
): Drill {
  const rehearsal = new Rehearsal(facts, settings, asked, now);
  const index = indexOf(facts, holdsByTarget(facts.hold, now));
  rehearsal.cut();
  rehearsal.mainsBack();
  const guests = [...facts.vm.values()].map((guest) => fateOf(guest, { settings, modes, index, rehearsal }));
  const nodes = nodesOf(settings, rehearsal);
  const problems = problemsOf({ facts, settings, modes, index, asked, rehearsal, guests });
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

interface Played {
  readonly settings: PolicySettings;
  readonly modes: ReadonlyMap<string, Mode>;
  readonly index: Index;
  readonly rehearsal: Rehearsal;
}

function fateOf(guest: Guest, { settings, modes, index, rehearsal }: Played): DrillGuest {
  const { asked, down, back, emptyMsOf, isCut } = rehearsal;
  const clause = clauseOf[guest.class];
  const about = {
    vm: guest.vm,
    class: guest.class,
    hypervisor: guest.hypervisor,
    node: guest.node,
    mode: modes.get(armedAs(power.name, clause)) ?? ('dry-run' as const),
    clause,
  };
  const key = nodeKey(guest.hypervisor, guest.node);
  const fateIs = (fate: DrillGuest['fate'], reasons: readonly Reason[], times: object = {}): DrillGuest => ({
    ...about,
    fate,
    ...times,
    reason: phrase(reasons, 'en'),
    reasons: [...reasons],
  });
  if (!guest.running) return fateIs('off', [because('is-off')]);
  if (!isCut(key)) return fateIs('left-alone', [because('not-in-outage')]);
  if (isHeld(guest, index)) return fateIs('left-alone', [because('on-hold-now')]);
  if (isSelf(guest, settings)) return fateIs('with-its-node', [because('self')]);
  const request = asked.get(guest.vm);
  if (!request) {
    const endless = emptyMsOf(key) === undefined;
    return fateIs(endless ? 'left-alone' : 'loses-power', [
      because(endless ? 'nothing-asked' : 'loses-power'),
    ]);
  }
  const downAt = down.get(guest.vm);
  const backAt = back.get(guest.vm);
  return fateIs(downAt === undefined ? 'loses-power' : 'shut-down', request.reasons, {
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
      hypervisor,
      node,
      by,
      clause: nodeClause,
      reason: phrase(reasons, 'en'),
      reasons: [...reasons],
      ...(request && { at_s: request.atMs / 1000 }),
      ...(wake !== undefined && { back: wake }),
    };
  });
}
