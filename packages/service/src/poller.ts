import { backoffMs, type Clock, createLoop } from '@huismeester/clock';

export interface PollerOptions {
  /** From the start of one look to the start of the next, in milliseconds. */
  readonly everyMs: number;
  /** A look that has no answer by then is given up: its signal aborts, and it has failed. */
  readonly deadlineMs: number;
  /** After failures the time between looks doubles, from `everyMs` up to this, which is longer; `everyMs` if left out. */
  readonly longestPauseMs?: number;
  /**
   * Looks once at the outside thing, and does with the answer what is the service's to do. It must end soon after its signal
   * aborts: the next look waits for that. It may say how long after its start the next one is due, in ms, if sooner than `everyMs`.
   */
  readonly look: (signal: AbortSignal) => Promise<number | undefined>;
  readonly failed: (error: unknown) => void;
  readonly clock: Clock;
}

/** The one loop that looks at an outside thing: never two looks at once, each with a deadline. */
export interface Poller {
  start(): void;
  /** Looks now, or once more after the look in progress. */
  now(): void;
  /** Aborts the look in progress and waits for its end. */
  close(): Promise<void>;
}

/** A look was given up at its deadline. */
export class LookTooLate extends Error {
  override readonly name = 'LookTooLate';
  readonly code = 'look-too-late';
}

/** A loop whose pass is one look: it is timed from start to start, and a failed one can be looked for again at once. */
export function createPoller(options: PollerOptions): Poller {
  const { everyMs, longestPauseMs = everyMs, clock, failed } = options;
  let looking = new AbortController();
  let failures = 0;
  const loop = createLoop({
    everyMs: longestPauseMs,
    pass: async () => {
      const beganMs = clock.monotonicMs();
      looking = new AbortController();
      const outcome = await lookOnce(options, looking);
      failures = outcome.failed ? failures + 1 : 0;
      const nextMs = outcome.failed
        ? backoffMs(failures, { firstMs: everyMs, longestMs: longestPauseMs })
        : Math.min(everyMs, outcome.soonMs ?? everyMs);
      return beganMs + nextMs - clock.monotonicMs();
    },
    onError: failed,
    clock,
  });
  return {
    start: loop.start,
    now: loop.wake,
    async close() {
      const closed = loop.close();
      looking.abort();
      await closed;
    },
  };
}

interface Outcome {
  readonly failed: boolean;
  readonly soonMs?: number | undefined;
}

/** How a look went. `failed` is called once: at the deadline, if the look ends only after that. */
async function lookOnce(
  { look, failed, deadlineMs, clock }: PollerOptions,
  looking: AbortController,
): Promise<Outcome> {
  const { signal } = looking;
  const cancel = clock.after(deadlineMs, () => {
    if (signal.aborted) return;
    const error = new LookTooLate(`no answer within ${deadlineMs} ms`);
    failed(error);
    looking.abort(error);
  });
  try {
    const soonMs = await look(signal);
    return { failed: signal.aborted, soonMs };
  } catch (error) {
    // An end that the deadline or closing brought about is no failure of its own.
    if (!signal.aborted) failed(error);
    return { failed: true };
  } finally {
    cancel();
  }
}
