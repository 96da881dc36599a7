import { type HoldTarget, targetOfNode, targetOfVm } from '../../desired/target.ts';
import type { Hold } from '../../facts/hold.ts';
import { holdOfGuest } from '../../facts/hold.ts';
import type { Facts } from '../../facts/index.ts';
import { nodeKey } from '../../facts/node.ts';
import type { Feed } from '../../facts/ups.ts';
import type { Guest } from '../../facts/vm.ts';
import type { NodePlan, PolicySettings } from '../settings.ts';
import type { PowerPlan, VmClass } from './plan.ts';

/** How long before the end of the battery each class must begin to go, ms; 0 for a class that has nothing to do. */
export type Needed = { readonly [K in VmClass]: number };

/** A shutdown is never planned shorter than this, however quick the last one was. */
const shortestMs = 5_000;

/** How long a guest is planned to take: half as long again as its last shutdown, or what settings expect. */
export function expectedMs(guest: Guest, plan: PowerPlan): number {
  if (guest.shutdownMs === undefined) return plan.expectedShutdownMs;
  return Math.max(shortestMs, guest.shutdownMs * 1.5);
}

/**
 * The longest that so many shutdowns can take when `parallel` of them run at once, whatever their order (Graham's bound
 * for list scheduling: a last one begins at the latest when all others' work was shared out).
 */
export function longestMs(durations: readonly number[], parallel: number): number {
  if (durations.length === 0) return 0;
  const longest = Math.max(...durations);
  const total = durations.reduce((sum, each) => sum + each, 0);
  return (total - longest) / parallel + longest;
}

/** What is looked up again and again in one look: guests by node, and what is on hold. */
export interface Index {
  /** All known guests, by the `nodeKey` of where they are. */
  readonly byNode: ReadonlyMap<string, readonly Guest[]>;
  /** The id of a node, by `nodeKey`; none for a node of which there is no fact. */
  readonly nodeIds: ReadonlyMap<string, string>;
  /** By target, the hold that counts. */
  readonly holds: ReadonlyMap<HoldTarget, Hold>;
}

/** Makes the index of one look. */
export function indexOf({ vm, node }: Pick<Facts, 'vm' | 'node'>, holds: Index['holds']): Index {
  return {
    byNode: Map.groupBy(vm.values(), (guest) => nodeKey(guest.hypervisor, guest.node)),
    nodeIds: new Map([...node].map(([key, { id }]) => [key, id])),
    holds,
  };
}

/** Whether a guest is on hold, itself or with its node. */
export function isHeld(guest: Guest, { holds, nodeIds }: Index): boolean {
  return holdOfGuest(holds, guest, nodeIds.get(nodeKey(guest.hypervisor, guest.node))) !== undefined;
}

/** Whether Huismeester itself needs the VM, which then goes with its node. */
export function isSelf(guest: Pick<Guest, 'vm'>, settings: PolicySettings): boolean {
  return settings.self.has(targetOfVm(guest.vm));
}

/** Whether Huismeester itself needs the node: it, or a VM on it, is named in `self.dependsOn`. */
export function isSelfNode(plan: NodePlan, { byNode, nodeIds }: Index, settings: PolicySettings): boolean {
  const key = nodeKey(plan.hypervisor, plan.node);
  const id = nodeIds.get(key);
  if (id !== undefined && settings.self.has(targetOfNode(id))) return true;
  return (byNode.get(key) ?? []).some((guest) => isSelf(guest, settings));
}

/**
 * Counts the stages backwards from the battery's end: on each node that depends on this feed alone, what is left of a class
 * and of those after it, the node's own shutdown, and the reserve. A node with another feed that is well does not count, nor
 * does a guest that is on hold or that goes with its node.
 */
export function neededOf(feed: Feed, ups: Facts['ups'], index: Index, settings: PolicySettings): Needed {
  const needed = { participant: 0, 'space-wide': 0, core: 0 };
  for (const [key, node] of settings.nodes) {
    if (!dependsOn(node, feed, ups)) continue;
    const going = (index.byNode.get(key) ?? []).filter(
      (guest) => guest.running && !isHeld(guest, index) && !isSelf(guest, settings),
    );
    let total = node.ownShutdownMs + settings.plan.reserveMs;
    for (const vmClass of ['core', 'space-wide', 'participant'] as const) {
      const durations = going
        .filter((guest) => guest.class === vmClass)
        .map((guest) => expectedMs(guest, settings.plan));
      total += longestMs(durations, node.parallel);
      if (durations.length > 0) needed[vmClass] = Math.max(needed[vmClass], total);
    }
  }
  return needed;
}

function dependsOn({ poweredBy }: NodePlan, { ups }: Feed, feeds: Facts['ups']): boolean {
  return (
    poweredBy.includes(ups) &&
    poweredBy.every((other) => other === ups || feeds.get(other)?.mains === 'on-battery')
  );
}
