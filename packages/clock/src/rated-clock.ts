import { type Clock, systemClock } from './clock.ts';

/** A clock for tests on which time passes faster (or slower) than it does. */
export interface RatedClock extends Clock {
  readonly rate: number;
  /** From now on time passes so many times as fast as it does; timers that wait are set anew. */
  setRate(rate: number): void;
}

export interface RatedClockOptions {
  /** How many times as fast time passes; 1 if left out. */
  readonly rate?: number;
  /**
   * When the clock was right, by the system's civil time, in ms since 1970; now, if left out. Processes that are given the same one, and
   * the same rate, agree on what time it is.
   */
  readonly since?: number;
}

interface Timer {
  dueMs: number;
  run: () => void;
  background: boolean;
  cancel: () => void;
}

/** Throws a RangeError for a rate that is not a number above 0. */
export function createRatedClock({
  rate: first = 1,
  since = Date.now(),
}: RatedClockOptions = {}): RatedClock {
  let rate = checked(first);
  const begin = systemClock.monotonicMs();
  // Of the stretch that the present rate holds for: when it began on the system's clock, and on this one.
  let realMs = begin;
  let ratedMs = begin;
  /** From this clock's monotonic time to its civil time. */
  const civilOffset = since + (Date.now() - since) * rate - begin;
  const timers = new Set<Timer>();

  const monotonicMs = () => ratedMs + (systemClock.monotonicMs() - realMs) * rate;
  const arm = (timer: Timer) => {
    timer.cancel = systemClock.after(
      Math.max(0, (timer.dueMs - monotonicMs()) / rate),
      () => {
        timers.delete(timer);
        timer.run();
      },
      { background: timer.background },
    );
  };

  return {
    get rate() {
      return rate;
    },
    setRate(next) {
      const at = monotonicMs();
      realMs = systemClock.monotonicMs();
      ratedMs = at;
      rate = checked(next);
      for (const timer of timers) {
        timer.cancel();
        arm(timer);
      }
    },
    now: () => new Date(monotonicMs() + civilOffset),
    monotonicMs,
    after(ms, run, { background = false } = {}) {
      const timer: Timer = { dueMs: monotonicMs() + ms, run, background, cancel: () => undefined };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.cancel();
      };
    },
  };
}

function checked(rate: number): number {
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new RangeError(`the clock's rate: found ${rate}, allowed: a number above 0`);
}
