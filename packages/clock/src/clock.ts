/** Where time comes from; a core never asks for it itself. */
export interface Clock {
  /** The civil time, which people and administrators may set back. */
  now(): Date;
  /** Milliseconds since some moment in the past; never goes back. */
  monotonicMs(): number;
  /**
   * Calls `run` once, after so many milliseconds of this clock; returns how to prevent that. A timer with `background` does not keep
   * the process alive.
   */
  after(ms: number, run: () => void, options?: { readonly background?: boolean }): () => void;
}

/** setTimeout takes a longer time for none at all. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(ms, run, { background = false } = {}) {
    const timer = setTimeout(run, Math.min(longestTimerMs, ms));
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after so many milliseconds of the clock, or at once when the signal aborts: look at it afterwards. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(ms, resolve);
  const abort = () => resolve();
  signal?.addEventListener('abort', abort, { once: true });
  await promise;
  cancel();
  signal?.removeEventListener('abort', abort);
}
