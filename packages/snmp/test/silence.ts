import { type Clock, systemClock } from '@huismeester/clock';

/**
 * A clock whose timers are due only when an agent of the test says that no answer follows: a busy machine causes no time-out,
 * and a time-out takes no time.
 */
export interface Silence {
  readonly clock: Clock;
  /** Call what it returns once no answer follows: of the timers of now, those that are left are due then. */
  begins(): () => void;
}

export function createSilence(): Silence {
  const timers = new Set<() => void>();
  return {
    clock: {
      ...systemClock,
      after(_ms, run) {
        const timer = () => run();
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    begins() {
      const waiting = [...timers];
      const due = () => {
        for (const timer of waiting) if (timers.delete(timer)) timer();
      };
      // Between two immediates the sockets are read: what was sent before is handled by then.
      return () => setImmediate(() => setImmediate(() => setImmediate(due)));
    },
  };
}
