import type { Clock } from '@huismeester/clock';

/** A clock that a test turns by hand; what is due meanwhile runs in its order. */
export interface HandClock extends Clock {
  advance(ms: number): void;
}

export function handClock(start: Date): HandClock {
  let now = start.getTime();
  const tasks = new Set<{ at: number; run: () => void }>();
  return {
    now: () => new Date(now),
    monotonicMs: () => now,
    after(ms, run) {
      const task = { at: now + ms, run };
      tasks.add(task);
      return () => tasks.delete(task);
    },
    advance(ms) {
      now += ms;
      for (const task of [...tasks].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)) {
        tasks.delete(task);
        task.run();
      }
    },
  };
}
