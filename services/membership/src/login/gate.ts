import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@huismeester/service';

/** So many passwords are being checked at once, and so many may wait: a flood of logins must not take the processor or the directory. */
const mostAtOnce = 4;
const mostWaiting = 32;
/**
 * After each wrong one the next begins so much later. A check is two connections to the directory, and 500 a second would take half of the thread
 * that answers to a power cut; twenty wrong ones a second are more than people ever type.
 */
const restMs = 50;

/** Lets a few passwords be checked at once, and no flood of wrong ones. */
export interface Gate {
  /** Runs `check`, whose answer is undefined where the password is wrong. Throws a Problem (429) when too many wait already. */
  pass<T>(check: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Throws that Problem now, where `pass` would: before anybody reads what was sent. */
  refuseIfFull(): void;
}

export function createGate(): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextAt = 0;
  const isFull = () => running >= mostAtOnce && waiting.length >= mostWaiting;
  const full = () =>
    new Problem(429, 'too-many-logins', 'Too many people log in at once', { retryAfterS: 2 });
  return {
    refuseIfFull() {
      if (isFull()) throw full();
    },
    async pass(check) {
      if (isFull()) throw full();
      if (running < mostAtOnce) running += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        const restLeftMs = nextAt - performance.now();
        if (restLeftMs > 0) await sleep(restLeftMs);
        const answer = await check();
        if (answer === undefined) nextAt = Math.max(nextAt, performance.now()) + restMs;
        return answer;
      } finally {
        // Whoever waits takes this place over.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
