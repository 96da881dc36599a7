/** Something that is done again and again. */
export interface Loop {
  start(): void;
  /** Does it at once instead of when its time has come. */
  now(): void;
  /** Waits for the run in progress. */
  close(): Promise<void>;
}

/** Does `work` again `everyMs` after its last end, never twice at once; `failed` hears of its errors. */
export function createLoop(
  everyMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let asked = false;
  let open = false;

  const run = (): void => {
    clearTimeout(timer);
    if (!open) return;
    if (running !== undefined) {
      asked = true;
      return;
    }
    running = work()
      .catch(failed)
      .finally(() => {
        running = undefined;
        if (!open) return;
        timer = setTimeout(run, asked ? 0 : everyMs);
        asked = false;
      });
  };
  return {
    start() {
      open = true;
      run();
    },
    now: run,
    async close() {
      open = false;
      clearTimeout(timer);
      await running;
    },
  };
}
