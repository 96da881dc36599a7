export interface LoopOptions {
  /** One round of work; may say in how many milliseconds it wants the next one, if sooner than `everyMs`. */
  readonly pass: () => Promise<number | undefined>;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}

/** Work that is done when woken, and otherwise every so often; after an error it pauses, longer each time. */
export interface Loop {
  start(): void;
  wake(): void;
  /** Waits for the pass in progress; there is none after it. */
  close(): Promise<void>;
  readonly closing: boolean;
}

/** Between two passes, however often it is woken: under load a pass then has several things to do in one transaction. */
const restMs = 5;
const firstPauseMs = 100;
const longestPauseMs = 5_000;

export function createLoop({ pass, everyMs, onError }: LoopOptions): Loop {
  let closing = false;
  let woken = false;
  let failures = 0;
  let endPause: (() => void) | undefined;
  let running: Promise<void> | undefined;

  const pause = async (ms: number, wakeable: boolean) => {
    if (closing) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    endPause = () => {
      if (closing || wakeable) resolve();
    };
    await promise;
    clearTimeout(timer);
    endPause = undefined;
  };

  const run = async () => {
    while (!closing) {
      woken = false;
      try {
        const soon = await pass();
        failures = 0;
        if (woken) await pause(restMs, false);
        else await pause(Math.min(everyMs, Math.max(restMs, soon ?? everyMs)), true);
      } catch (error) {
        onError(error);
        await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** failures), false);
        failures += 1;
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
