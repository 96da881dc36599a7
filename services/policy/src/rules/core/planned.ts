import { switchOfPort } from '@huismeester/contracts';
import { nodeIdOf } from '../../desired/presence.ts';
import { targetOfNode } from '../../desired/target.ts';
import { type Hold, holdOfGuest, holdsByTarget } from '../../facts/hold.ts';
import type { IncidentFact } from '../../facts/incident.ts';
import type { Facts } from '../../facts/index.ts';

/** What of an incident is planned, since somebody works on it. */
export interface Planned {
  /** All that fails in it. */
  readonly whole: boolean;
  /** The members that are. */
  readonly things: ReadonlySet<string>;
  /** The ids of the holds that say so. */
  readonly holds: ReadonlySet<string>;
}

/**
 * Of an incident, what is planned at `now` (ms since 1970): all of it when its root is on hold, else the members that are. A switch on hold
 * holds its ports, a node its guests, as everywhere (SPACE-3), and all nodes of a hypervisor hold that. The one place that decides it: rule,
 * routes and command line ask here.
 */
export function plannedBy(
  { hold, vm, node }: Pick<Facts, 'hold' | 'vm' | 'node'>,
  now: number,
): (incident: Pick<IncidentFact, 'root' | 'members'>) => Planned {
  const byTarget = holdsByTarget(hold, now);
  const byThing: ReadonlyMap<string, Hold> = byTarget;
  const nodesOf = (hypervisor: string) =>
    [...node.values()]
      .filter((each) => `hypervisor/${each.hypervisor}` === hypervisor)
      .map(({ id }) => targetOfNode(id));
  const holdOf = (thing: string): Hold | undefined => {
    const guest = thing.startsWith('vm/') ? vm.get(thing.slice('vm/'.length)) : undefined;
    if (guest) return holdOfGuest(byTarget, guest, nodeIdOf(guest, node));
    if (thing.startsWith('hypervisor/')) return holdOfAll(nodesOf(thing).map((id) => byThing.get(id)));
    return byThing.get(thing) ?? byThing.get(switchOfPort(thing) ?? '');
  };
  return ({ root, members }) => {
    const ofRoot = holdOf(root);
    const held = members.flatMap(({ thing }) => {
      const own = ofRoot ?? holdOf(thing);
      return own ? [[thing, own.id] as const] : [];
    });
    const things = new Set(held.map(([thing]) => thing));
    const failing = members.filter(({ state }) => state !== 'up');
    return {
      whole: ofRoot !== undefined || (failing.length > 0 && failing.every(({ thing }) => things.has(thing))),
      things,
      holds: new Set([...(ofRoot ? [ofRoot.id] : []), ...held.map(([, id]) => id)]),
    };
  };
}

/** Of several things that all are on hold, the hold that ends first. */
function holdOfAll(holds: readonly (Hold | undefined)[]): Hold | undefined {
  const found = holds.filter((hold) => hold !== undefined).toSorted((a, b) => a.until - b.until);
  return found.length === holds.length ? found[0] : undefined;
}
