import { type BackoffLimits, backoffMs } from './backoff.ts';
import { type Clock, systemClock } from './clock.ts';

export interface LoopOptions {
  /** One round of work; may say in how many milliseconds it wants the next one, if sooner than `everyMs`. */
  readonly pass: () => Promise<number | undefined>;
  /** From the end of a pass to the next one, when nothing wakes it, ms. */
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
  /** The pauses after failures; from 100 ms to 5 s if left out. */
  readonly backoff?: BackoffLimits;
  readonly clock?: Clock;
}

/** Work that is done when woken, and otherwise every so often; after an error it pauses, longer each time. */
export interface Loop {
  start(): void;
  /** Has a pass begin soon: at once if none is in progress, otherwise after it. A pause after an error is not cut short. */
  wake(): void;
  /** Waits for the pass in progress; there is none after it. */
  close(): Promise<void>;
  readonly closing: boolean;
}

/** Between two passes, however often it is woken: under load a pass then has several things to do in one transaction. */
const restMs = 2;
const usualBackoff: BackoffLimits = { firstMs: 100, longestMs: 5_000 };

/** The one scheduler of the program: never two passes at once, and none right after one that failed. */
export function createLoop(options: LoopOptions): Loop {
  const { pass, everyMs, onError, backoff = usualBackoff, clock = systemClock } = options;
  let closing = false;
  let woken = false;
  let failures = 0;
  let endPause: (() => void) | undefined;
  let running: Promise<void> | undefined;

  const pause = async (ms: number, wakeable: boolean) => {
    if (closing) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(ms, resolve);
    endPause = () => {
      if (closing || wakeable) resolve();
    };
    await promise;
    cancel();
    endPause = undefined;
  };

  const run = async () => {
    while (!closing) {
      woken = false;
      try {
        const soon = (await pass()) ?? everyMs;
        failures = 0;
        if (woken) await pause(restMs, false);
        else await pause(Math.min(everyMs, Math.max(restMs, soon)), true);
      } catch (error) {
        onError(error);
        failures += 1;
        await pause(backoffMs(failures, backoff), false);
      }
    }
  };

  return {
    get closing() {
      return closing;
    },
    start() {
      running ??= run();
    },
    wake() {
      woken = true;
      endPause?.();
    },
    async close() {
      closing = true;
      endPause?.();
      await running;
    },
  };
}
