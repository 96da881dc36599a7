import { Problem } from '@huismeester/service';

/** So many passwords are being checked at once, and so many may wait: a flood of logins must not take the processor or the directory. */
const mostAtOnce = 4;
const mostWaiting = 32;

/** Runs at most a few at once; throws a Problem (429) when too many wait already. */
export function createGate(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < mostAtOnce) running += 1;
    else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new Problem(429, 'too-many-logins', 'Too many people log in at once', { retryAfterS: 2 });
    try {
      return await work();
    } finally {
      // Whoever waits takes this place over.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
