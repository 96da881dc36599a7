import type { Drill } from '@huismeester/contracts';
import { drill } from '../../core/drill.ts';
import { emptyModel } from '../../core/model.ts';
import { partsOf } from '../../desired/target.ts';
import { holdsByTarget } from '../../facts/hold.ts';
import type { Facts } from '../../facts/index.ts';
import type { Mode } from '../define.ts';
import type { PolicySettings } from '../settings.ts';

/** A power cut from the readings that are stored, thought through as `asked`; `now` in ms since 1970. */
export function drillOf(
  { facts, modes }: { readonly facts: Facts; readonly modes: ReadonlyMap<string, Mode> },
  settings: PolicySettings,
  asked: Parameters<typeof drill>[2],
  now: number,
): Drill {
  const held = [...holdsByTarget(facts.hold, now)].flatMap(([target, hold]) => {
    const { kind, id } = partsOf(target);
    return kind === 'vm' ? [[id, { ...hold, vm: id }] as const] : [];
  });
  const armed = [...modes].flatMap(([name, mode]) =>
    name.startsWith('power/') ? [[name.slice('power/'.length), mode] as const] : [],
  );
  const model = {
    ...emptyModel,
    feeds: facts.ups,
    guests: facts.vm,
    nodes: new Map([...facts.node].map(([key, { online }]) => [key, online])),
    hypervisors: new Map([...facts.hypervisor].map(([id, { reachable }]) => [id, reachable])),
    holds: new Map(held),
  };
  return drill(model, { ...settings, modes: new Map(armed) }, asked, now);
}
