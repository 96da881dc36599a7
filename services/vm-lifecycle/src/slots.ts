/** Which guests of each node are shutting down or starting right now, and who waits for that. In memory only. */
export interface Slots {
  /** Takes a slot, or has it already; false when all are taken, and then the guest is in line. */
  take(group: string, guest: string, limit: number): boolean;
  /** Gives the slot back: the guest that is first in line for it, if any, which is then in line no more. */
  free(guest: string): string | undefined;
}

/** Bounds what happens at once on one node. A request that outlived a restart takes its slot whatever the limit. */
export function createSlots(): Slots {
  const taken = new Map<string, Set<string>>();
  const lines = new Map<string, Set<string>>();
  const of = (map: Map<string, Set<string>>, group: string): Set<string> => {
    const set = map.get(group) ?? new Set();
    map.set(group, set);
    return set;
  };
  return {
    take(group, guest, limit) {
      const members = of(taken, group);
      if (!members.has(guest) && members.size >= limit) {
        of(lines, group).add(guest);
        return false;
      }
      members.add(guest);
      lines.get(group)?.delete(guest);
      return true;
    },
    free(guest) {
      for (const line of lines.values()) line.delete(guest);
      for (const [group, members] of taken) {
        if (!members.delete(guest)) continue;
        const next = lines.get(group)?.values().next().value;
        if (next !== undefined) lines.get(group)?.delete(next);
        return next;
      }
      return undefined;
    },
  };
}
