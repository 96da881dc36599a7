import type { NutClock } from '../src/index.ts';

/** A clock that a test turns by hand. */
export function handClock(): NutClock & { advance(ms: number): void } {
  let now = 0;
  const tasks = new Set<{ at: number; run: () => void }>();
  return {
    now: () => now,
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
