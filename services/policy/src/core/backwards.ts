import { nodeId } from '@huismeester/contracts';
import type { Feed } from './feed.ts';
import type { Guest } from './guest.ts';
import { type Model, type NodePlan, nodeKey, type PolicySettings } from './model.ts';
import type { PowerPlan, VmClass } from './words.ts';

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

/**
 * Counts the stages backwards from the end: on each node that hangs on this feed, what is left of a class and of those
 * after it, the node's own shutdown, and the reserve. A node with another feed that is well does not count.
 */
export function neededOf(feed: Feed, model: Model, byNode: GuestsByNode, settings: PolicySettings): Needed {
  const needed = { participant: 0, 'space-wide': 0, core: 0 };
  for (const [key, node] of settings.nodes) {
    if (!hangsOn(node, feed, model)) continue;
    const going = (byNode.get(key) ?? []).filter(
      (guest) => guest.running && !model.holds.has(guest.vm) && !isSelf(guest, settings),
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

/** All known guests, by the `nodeKey` of where they are. */
export type GuestsByNode = ReadonlyMap<string, readonly Guest[]>;

export function guestsByNode({ guests }: Model): GuestsByNode {
  return Map.groupBy(guests.values(), (guest) => nodeKey(guest.hypervisor, guest.node));
}

/** Whether Huismeester itself needs the VM, which then goes with its node. */
export function isSelf(guest: Pick<Guest, 'vm'>, settings: PolicySettings): boolean {
  return settings.self.has(`vm/${guest.vm}`);
}

/** Whether Huismeester itself needs the node: it, or a VM on it, is named in `self.dependsOn`. */
export function isSelfNode(
  { hypervisor, node }: NodePlan,
  byNode: GuestsByNode,
  settings: PolicySettings,
): boolean {
  if (settings.self.has(`node/${nodeId(hypervisor, node)}`)) return true;
  return (byNode.get(nodeKey(hypervisor, node)) ?? []).some((guest) => isSelf(guest, settings));
}

function hangsOn({ poweredBy }: NodePlan, { ups }: Feed, { feeds }: Model): boolean {
  return (
    poweredBy.includes(ups) &&
    poweredBy.every((other) => other === ups || feeds.get(other)?.mains === 'on-battery')
  );
}
