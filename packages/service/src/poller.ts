import { backoffMs, type Clock, pause } from '@huismeester/clock';

export interface PollerOptions {
  /** From the start of one look to the start of the next, in milliseconds. */
  readonly everyMs: number;
  /** A look that has no answer by then is given up: its signal aborts, and it has failed. */
  readonly deadlineMs: number;
  /** After failures the time between looks doubles, from `everyMs` up to this; `everyMs` if left out. */
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

export function createPoller(options: PollerOptions): Poller {
  const { everyMs, longestPauseMs = everyMs, clock } = options;
  const closing = new AbortController();
  let waiting = new AbortController();
  let asked = false;
  let failures = 0;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      asked = false;
      waiting = new AbortController();
      const began = clock.monotonicMs();
      const outcome = await lookOnce(options, closing.signal);
      if (closing.signal.aborted) return;
      failures = outcome.failed ? failures + 1 : 0;
      const every = outcome.failed
        ? backoffMs(failures, { firstMs: everyMs, longestMs: longestPauseMs })
        : Math.min(everyMs, outcome.soonMs ?? everyMs);
      const left = began + every - clock.monotonicMs();
      if (!asked && left > 0) await pause(clock, left, AbortSignal.any([waiting.signal, closing.signal]));
    }
  };

  return {
    start() {
      running ??= run();
    },
    now() {
      asked = true;
      waiting.abort();
    },
    async close() {
      closing.abort();
      await running;
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
  closing: AbortSignal,
): Promise<Outcome> {
  const late = new AbortController();
  const cancel = clock.after(deadlineMs, () => {
    const error = new LookTooLate(`no answer within ${deadlineMs} ms`);
    if (!closing.aborted) failed(error);
    late.abort(error);
  });
  try {
    const soonMs = await look(AbortSignal.any([late.signal, closing]));
    return { failed: late.signal.aborted, soonMs };
  } catch (error) {
    // An end that closing or the deadline brought about is no failure of its own.
    if (!late.signal.aborted && !closing.aborted) failed(error);
    return { failed: true };
  } finally {
    cancel();
  }
}
