import { type Clock, systemClock } from '@huismeester/clock';

/**
 * A clock on which no time passes but when an agent of the test has had its say: so that a busy machine is no time-out, and a
 * time-out takes no time.
 */
export interface Silence {
  readonly clock: Clock;
  /** The timers of now; run what this returns when nothing more will come: those that are left are due then. */
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
