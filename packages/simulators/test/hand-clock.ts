import type { Clock } from '@huismeester/clock';

export interface HandClock extends Clock {
  /** Lets so much time pass; what is due meanwhile runs in its order. */
  advance(ms: number): void;
}

/** A clock that a test turns by hand. */
export function handClock(): HandClock {
  let now = 1_000_000;
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
      const end = now + ms;
      for (;;) {
        const next = [...tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        tasks.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}
