import { type Clock, createLoop, systemClock } from '@huismeester/clock';
import type { ConsumerOptions, ConsumerStatus, Replayed } from './consumer-options.ts';
import { Consuming } from './consuming.ts';
import type { DeadLetter } from './dead-letters.ts';
import { ConsumerClosed } from './errors.ts';

export interface Consumer {
  start(): void;
  /** Resolves when everything up to the source's head at the call is applied or parked; rejects when closed before. */
  caughtUp(): Promise<void>;
  status(): ConsumerStatus;
  /** Calls `changed` whenever what `status` showed last of being behind, or of an error, is so no more. */
  onChange(changed: () => void): void;
  readonly deadLetters: {
    /** In the order of their positions. */
    list(): Promise<DeadLetter[]>;
    /** Applies all parked events of the letter's subject in order, all or none; undefined for an unknown id. */
    replay(id: string): Promise<Replayed | undefined>;
  };
  /** Waits for the batch in progress. */
  close(): Promise<void>;
}

/** Applies a source's events exactly once, in order per subject: the cursor moves in the transaction that applies. */
export function createConsumer(options: ConsumerOptions): Consumer {
  const { source, clock = systemClock, lookEveryMs = source.lookEveryMs } = options;
  const consuming = new Consuming(options);
  const freshness = createFreshness(clock);
  const loop = createLoop({
    everyMs: lookEveryMs,
    clock,
    pass: async () => {
      if (!consuming.mustLook && freshness.isFresh()) return undefined;
      freshness.looking();
      await consuming.exclusive(() => consuming.drain(() => loop.closing));
      return undefined;
    },
    onError: (error) => consuming.failed(error),
  });
  const stopWaking = source.onWake((announced) => {
    if (announced && consuming.isAt(announced)) {
      freshness.confirmed();
      return;
    }
    freshness.moved();
    loop.wake();
  });
  return {
    start: () => loop.start(),
    caughtUp() {
      if (loop.closing) return Promise.reject(new ConsumerClosed('the consumer is closed'));
      const waiting = consuming.wait();
      loop.wake();
      return waiting;
    },
    status: () => consuming.status(),
    onChange: (changed) => consuming.onChange(changed),
    deadLetters: {
      list: () => consuming.applier.letters.list(),
      replay: (id) => consuming.replay(id),
    },
    async close() {
      stopWaking();
      await loop.close();
      await consuming.close();
    },
  };
}

/** For how long a status that announced no news spares the look at the log. */
const freshMs = 10_000;
/** A status on an open broker may be forged: the log is looked at all the same, this often. */
const lookAnywayMs = 30_000;

/**
 * Whether the source's status has said of late that there is nothing new, so that nobody needs to ask the source. News must be looked
 * at whatever comes after it: a status that was sent before it may come later.
 */
function createFreshness(clock: Clock) {
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let hasNews = true;
  return {
    isFresh() {
      const now = clock.monotonicMs();
      return !hasNews && now - confirmedAt < freshMs && now - lookedAt < lookAnywayMs;
    },
    looking() {
      hasNews = false;
      lookedAt = clock.monotonicMs();
    },
    confirmed() {
      confirmedAt = clock.monotonicMs();
    },
    moved() {
      hasNews = true;
      confirmedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
