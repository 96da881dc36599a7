/** A clock that runs as the system's does, and that a test moves ahead, as `Clock` of @huismeester/clock: civil and monotonic time together. */
export interface SteppedClock {
  now(): Date;
  monotonicMs(): number;
  after(ms: number, run: () => void, options?: { readonly background?: boolean }): () => void;
  /** So much time has passed, ms: what is due by then runs soon after, in its order. */
  pass(ms: number): void;
}

interface Timer {
  readonly dueMs: number;
  readonly run: () => void;
  cancel: () => void;
}

/** For whole services over weeks: what is done outside of them takes the time that it takes. */
export function steppedClock(): SteppedClock {
  let passedMs = 0;
  const timers = new Set<Timer>();
  const monotonicMs = () => performance.now() + passedMs;
  const arm = (timer: Timer): void => {
    // What is longer than setTimeout takes is armed again by `pass`, long before it is due.
    const waitMs = Math.min(2 ** 31 - 1, Math.max(0, timer.dueMs - monotonicMs()));
    const handle = setTimeout(() => {
      timers.delete(timer);
      timer.run();
    }, waitMs);
    handle.unref();
    timer.cancel = () => clearTimeout(handle);
  };
  return {
    now: () => new Date(Date.now() + passedMs),
    monotonicMs,
    after(ms, run) {
      const timer: Timer = { dueMs: monotonicMs() + ms, run, cancel: () => undefined };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.cancel();
      };
    },
    pass(ms) {
      passedMs += ms;
      for (const timer of [...timers].toSorted((one, other) => one.dueMs - other.dueMs)) {
        timer.cancel();
        arm(timer);
      }
    },
  };
}
