import type { Logger } from 'pino';

/** How long one part may take to close; what hangs must not keep the others open, or the process from ending. */
const defaultPartMs = 10_000;

/** What must be closed, last opened first. */
export interface Closing {
  add(name: string, close: () => Promise<void> | void): void;
  /** Closes everything once, the rest too when one fails or hangs; then throws an AggregateError of what failed. */
  close(): Promise<void>;
  /** What is being closed right now: what hangs, if it takes too long. */
  current(): string | undefined;
}

export function createClosing(logger: Logger, partMs = defaultPartMs): Closing {
  const steps: { name: string; close: () => Promise<void> | void }[] = [];
  let current: string | undefined;
  let closed: Promise<void> | undefined;

  const closeAll = async (): Promise<void> => {
    const failed: unknown[] = [];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      current = step.name;
      try {
        await within(partMs, step.close());
      } catch (error) {
        logger.error({ err: error, part: step.name }, 'part did not close well');
        failed.push(error);
      }
    }
    current = undefined;
    if (failed.length > 0) throw new AggregateError(failed, `${failed.length} part(s) did not close well`);
  };

  return {
    add: (name, close) => steps.push({ name, close }),
    close: () => {
      closed ??= closeAll();
      return closed;
    },
    current: () => current,
  };
}

async function within(ms: number, closed: Promise<void> | void): Promise<void> {
  const overdue = Promise.withResolvers<never>();
  const timer = setTimeout(() => overdue.reject(new Error(`not closed within ${ms} ms; left open`)), ms);
  try {
    await Promise.race([closed, overdue.promise]);
  } finally {
    clearTimeout(timer);
  }
}
