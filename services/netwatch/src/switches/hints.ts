import type { Clock } from '@huismeester/clock';

/** A trap may be earlier than what it reports is to be seen in the table, ms after it. */
const looksAfterMs = [0, 150, 500, 1_500];
const mostPerSecond = 10;

/** Traps are hints: each has the switch looked at a few times, and a storm of them no more than a few does. */
export interface Hints {
  /** A trap came; whether it was taken, or dropped as one of too many. */
  take(): boolean;
  readonly taken: number;
  readonly dropped: number;
  close(): void;
}

export function createHints(clock: Clock, look: () => void): Hints {
  let taken = 0;
  let dropped = 0;
  /** When the last ones were taken, oldest first. */
  const times: number[] = [];
  const pending = new Map<number, () => void>();
  return {
    take() {
      const now = clock.monotonicMs();
      const [oldest = now] = times;
      if (times.length === mostPerSecond && now - oldest < 1_000) {
        dropped += 1;
        return false;
      }
      if (times.length === mostPerSecond) times.shift();
      times.push(now);
      taken += 1;
      for (const ms of looksAfterMs) {
        // The looks of a newer trap stand for those of an older one.
        pending.get(ms)?.();
        if (ms === 0) look();
        else pending.set(ms, clock.after(ms, look, { background: true }));
      }
      return true;
    },
    get taken() {
      return taken;
    },
    get dropped() {
      return dropped;
    },
    close() {
      for (const cancel of pending.values()) cancel();
    },
  };
}
