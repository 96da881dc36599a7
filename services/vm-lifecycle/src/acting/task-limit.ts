import type { TaskHandler } from '@huismeester/events';

/** How long a task is put off when all places of its hypervisor are taken, in milliseconds. */
const putOffMs = 100;

/**
 * The concurrency limit of tasks, so many at once for each hypervisor: one that does not answer, so that each look at its
 * guests takes until the time-out, must not keep the guests of others from being looked at.
 */
export function limitTasks(
  handler: TaskHandler,
  { most, hypervisorOf, now }: { most: number; hypervisorOf: (key: string) => string; now: () => Date },
): TaskHandler {
  const running = new Map<string, number>();
  return async (task, signal) => {
    const hypervisor = hypervisorOf(task.key);
    const before = running.get(hypervisor) ?? 0;
    if (before >= most) return { againAt: new Date(now().getTime() + putOffMs) };
    running.set(hypervisor, before + 1);
    try {
      const next = await handler(task, signal);
      return next ? next : undefined;
    } finally {
      running.set(hypervisor, (running.get(hypervisor) ?? 1) - 1);
    }
  };
}
