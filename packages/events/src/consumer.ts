import { createLoop } from '@huismeester/clock';
import type { ConsumerOptions, ConsumerStatus, Replayed } from './consumer-options.ts';
import { Consuming } from './consuming.ts';
import type { DeadLetter } from './dead-letters.ts';
import { ConsumerClosed } from './errors.ts';

export interface Consumer {
  start(): void;
  /** Resolves when everything up to the source's head at the call is applied or parked; rejects when closed before. */
  caughtUp(): Promise<void>;
  status(): ConsumerStatus;
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
  const consuming = new Consuming(options);
  const loop = createLoop({
    everyMs: options.lookEveryMs ?? 1_000,
    pass: async () => {
      await consuming.exclusive(() => consuming.drain(() => loop.closing));
      return undefined;
    },
    onError: (error) => consuming.failed(error),
    ...(options.clock && { clock: options.clock }),
  });
  const stopWaking = options.source.onWake(() => loop.wake());
  return {
    start: () => loop.start(),
    caughtUp() {
      if (loop.closing) return Promise.reject(new ConsumerClosed('the consumer is closed'));
      const waiting = consuming.wait();
      loop.wake();
      return waiting;
    },
    status: () => consuming.status(),
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
