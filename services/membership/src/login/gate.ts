import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@huismeester/service';

/** So many passwords are being checked at once, and so many may wait: a flood of logins must not take the processor or the directory. */
const mostAtOnce = 4;
const mostWaiting = 32;
/**
 * Between the begin of one and the next. A check is two connections to the directory, and 500 a second would take half of the thread
 * that answers to a power cut; 100 a second are more than people ever log in.
 */
const restMs = 10;

/** Runs at most a few at once, and begins none too soon after another; throws a Problem (429) when too many wait already. */
export function createGate(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextAt = 0;
  const turn = async (): Promise<void> => {
    const now = performance.now();
    const at = Math.max(now, nextAt);
    nextAt = at + restMs;
    if (at > now) await sleep(at - now);
  };
  return async (work) => {
    if (running < mostAtOnce) running += 1;
    else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new Problem(429, 'too-many-logins', 'Too many people log in at once', { retryAfterS: 2 });
    try {
      await turn();
      return await work();
    } finally {
      // Whoever waits takes this place over.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
