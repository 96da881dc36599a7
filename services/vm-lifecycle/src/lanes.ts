import type { TaskHandler } from '@huismeester/events';

/** How long a task stands aside when its lane is full, in milliseconds. */
const asideMs = 100;

/**
 * Gives each hypervisor a lane of its own, with room for so many tasks at once: one that does not answer, so that each
 * look at its guests takes until the time-out, must not keep the guests of others from being looked at.
 */
export function createLanes({ room, now }: { room: number; now: () => Date }) {
  const busy = new Map<string, number>();
  return (handler: TaskHandler, laneOf: (key: string) => string): TaskHandler =>
    async (task, signal) => {
      const lane = laneOf(task.key);
      const before = busy.get(lane) ?? 0;
      if (before >= room) return { againAt: new Date(now().getTime() + asideMs) };
      busy.set(lane, before + 1);
      try {
        const next = await handler(task, signal);
        return next ? next : undefined;
      } finally {
        busy.set(lane, (busy.get(lane) ?? 1) - 1);
      }
    };
}

/** The hypervisor that a VM's id belongs to; they differ by their prefixes. */
export function laneOfGuest(hypervisors: readonly { id: string; prefix: string }[]) {
  return (vm: string): string => {
    const own = hypervisors.find(
      ({ prefix }) => vm.startsWith(prefix) && /^\d+$/.test(vm.slice(prefix.length)),
    );
    return own?.id ?? '';
  };
}

/** The hypervisor that a node's id, `<hypervisor>-<node>`, belongs to. */
export function laneOfNode(hypervisors: readonly { id: string }[]) {
  return (node: string): string => hypervisors.find(({ id }) => node.startsWith(`${id}-`))?.id ?? '';
}
