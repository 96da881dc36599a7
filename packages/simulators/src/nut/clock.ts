/** The time that a simulator lives by; a test gives one that it turns by hand. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Runs the task once after so many milliseconds, unless it is cancelled by the function returned. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own clock. A task that waits does not keep the process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};
