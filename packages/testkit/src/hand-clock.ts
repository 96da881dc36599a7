/** A clock that a test turns by hand, as `Clock` of @huismeester/clock: civil and monotonic time are one. */
export interface HandClock {
  now(): Date;
  monotonicMs(): number;
  after(ms: number, run: () => void): () => void;
  /** Lets so much time pass, ms; what is due meanwhile runs in its order, each at its time. */
  advance(ms: number): void;
}

export function handClock(start = new Date(1_000_000)): HandClock {
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
