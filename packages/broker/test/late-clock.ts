import type { Clock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';

/**
 * A clock that stands still until its next timer is run, each of them so much later than it is due; `loops`: how many loops wait
 * for it, each of which is awaited before the next timer is run.
 */
export function lateClock(loops: number, lateMs = 0) {
  let ms = 0;
  let timers: { dueMs: number; run: () => void }[] = [];
  const clock: Clock = {
    now: () => new Date(ms),
    monotonicMs: () => ms,
    after(delayMs, run) {
      const timer = { dueMs: ms + delayMs + lateMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  };
  const runNext = async () => {
    const next = await waitFor(
      'each loop waits',
      () => timers.length >= loops && timers.toSorted((a, b) => a.dueMs - b.dueMs)[0],
    );
    timers = timers.filter((each) => each !== next);
    ms = next.dueMs;
    next.run();
  };
  return { clock, runNext };
}
