import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** How long it may take, in milliseconds (30 000: a busy machine is no fault). */
  timeoutMs?: number;
  /** The pause between two looks, in milliseconds. */
  everyMs?: number;
}

/** What was waited for did not happen in time. `cause` is the last error that the predicate threw. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
  readonly code = 'wait-timeout';
}

/**
 * Waits until the predicate holds and returns its value. A predicate that throws counts as "not yet", so it may
 * simply try the thing; its last error is the cause of the {@link WaitTimeoutError} that names what did not happen.
 */
export async function waitFor<T>(
  description: string,
  predicate: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const { timeoutMs = 30_000, everyMs = 20 } = options;
  const end = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await predicate();
      if (value !== false && value !== null && value !== undefined) {
        return value as Exclude<T, false | null | undefined>;
      }
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= end) {
      throw new WaitTimeoutError(`did not happen within ${timeoutMs} ms: ${description}`, { cause: last });
    }
    await sleep(everyMs);
  }
}
