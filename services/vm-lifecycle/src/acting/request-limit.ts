/** Which guests of each group are shutting down or starting right now, and who waits for that. In memory only. */
export interface RequestLimit {
  /** Takes a place, or has it already; false when all are taken, and then the guest is queued. */
  acquire(group: string, guest: string, limit: number): boolean;
  /** Gives the place back: the guest that is first in the queue for it, if any, which then is in the queue no more. */
  release(guest: string): string | undefined;
}

/**
 * The concurrency limit of requests about guests (`parallelPerNode`). A request that outlived a restart takes its place
 * whatever the limit.
 */
export function createRequestLimit(): RequestLimit {
  const taken = new Map<string, Set<string>>();
  const queues = new Map<string, Set<string>>();
  const of = (map: Map<string, Set<string>>, group: string): Set<string> => {
    const set = map.get(group) ?? new Set();
    map.set(group, set);
    return set;
  };
  return {
    acquire(group, guest, limit) {
      const members = of(taken, group);
      if (!members.has(guest) && members.size >= limit) {
        of(queues, group).add(guest);
        return false;
      }
      members.add(guest);
      queues.get(group)?.delete(guest);
      return true;
    },
    release(guest) {
      for (const queue of queues.values()) queue.delete(guest);
      for (const [group, members] of taken) {
        if (!members.delete(guest)) continue;
        const next = queues.get(group)?.values().next().value;
        if (next !== undefined) queues.get(group)?.delete(next);
        return next;
      }
      return undefined;
    },
  };
}

/**
 * The group whose guests share a limit: each class has its own on a node, so that a later stage of a power cut never waits
 * for an earlier one's stragglers. Ids of hypervisors and names of nodes have no slash.
 */
export function limitGroup({
  hypervisor,
  node,
  class: of,
}: {
  readonly hypervisor: string;
  readonly node: string;
  readonly class: string;
}): string {
  return `${hypervisor}/${node}/${of}`;
}
