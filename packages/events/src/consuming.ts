import type { EventPage, StoredEvent } from '@huismeester/contracts';
import { Applier, type Cursor, CursorMoved } from './applier.ts';
import type { ConsumerOptions, ConsumerStatus, Replayed } from './consumer-options.ts';
import { describeError } from './dead-letters.ts';
import { ConsumerClosed, PositionGone, SourceFailed, WrongEpoch } from './errors.ts';
import type { AnnouncedHead } from './sources.ts';

interface Waiter {
  /** The source's head, once it was asked for. */
  target?: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A consumer's place in its source, and the way on from there. */
export class Consuming {
  readonly applier: Applier;
  readonly #options: ConsumerOptions;
  readonly #waiters = new Set<Waiter>();
  #cursor: Cursor | undefined;
  /** What is shown while the cursor itself must be read anew. */
  #lastCursor: Cursor | undefined;
  #head = 0;
  #lastError: string | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** What `status` showed last; undefined before it was asked. */
  #shown: string | undefined;
  #changed: () => void = () => undefined;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.applier = new Applier(options);
  }

  /** One at a time: a replay and a batch must not work on one subject at once. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    // Whoever asked for the work hears of its failure.
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** As {@link Applier.replay}, alone. */
  replay(id: string): Promise<Replayed | undefined> {
    return this.exclusive(async () => {
      try {
        return await this.applier.replay(id);
      } catch (error) {
        // The next pass resumes: nothing may be parked behind letters that are gone.
        this.#cursor = undefined;
        throw error;
      }
    });
  }

  /** Applies all there is. */
  async drain(closing: () => boolean): Promise<void> {
    if (!this.#cursor) await this.#resume();
    while (!closing()) {
      const asking = [...this.#waiters].filter(({ target }) => target === undefined);
      const page = await this.#read();
      if (!page) continue;
      this.#head = page.head;
      for (const waiter of asking) waiter.target = page.head;
      if (page.events.length > 0) await this.#apply(page.events);
      this.#lastError = undefined;
      this.#resolveWaiters();
      this.#notify();
      // What came after this page was asked for wakes us again.
      if ((this.#cursor?.position ?? 0) >= page.head) return;
    }
  }

  async #resume(): Promise<void> {
    const resumed = await this.applier.resume();
    this.#moved(resumed);
    if (!resumed?.isOtherFold) return;
    const { source, logger } = this.#options;
    logger?.info(
      { source: source.service },
      'the events are read in another way than before: taking a snapshot',
    );
    await this.#takeSnapshot();
  }

  /** The next events; undefined after a snapshot was taken instead. */
  async #read(): Promise<EventPage | undefined> {
    const { source, batchSize = 500, logger } = this.#options;
    const cursor = this.#cursor;
    if (!cursor) return this.#takeSnapshot();
    try {
      return await source.read({ after: cursor.position, limit: batchSize, epoch: cursor.epoch });
    } catch (error) {
      if (!(error instanceof WrongEpoch || error instanceof PositionGone)) throw error;
      logger?.warn(
        { why: error.message, source: source.service },
        'the log is another one: taking a snapshot',
      );
      return this.#takeSnapshot();
    }
  }

  async #takeSnapshot(): Promise<undefined> {
    const snapshot = await this.#options.source.snapshot();
    this.#moved(await this.applier.applySnapshot(snapshot, this.#cursor));
    this.#head = snapshot.position;
    for (const waiter of this.#waiters) delete waiter.target;
  }

  async #apply(events: readonly StoredEvent[]): Promise<void> {
    const cursor = this.#cursor;
    if (!cursor) return;
    const gap = events.findIndex(({ position }, index) => position !== cursor.position + index + 1);
    if (gap >= 0) {
      const { service } = this.#options.source;
      throw new SourceFailed(`the log of ${service} has a gap before position ${events[gap]?.position}`);
    }
    await this.applier.apply(cursor, events, (moved) => this.#moved(moved));
  }

  #moved(cursor: Cursor | undefined): void {
    this.#cursor = cursor;
    this.#lastCursor = cursor;
  }

  /** Whether the source is to be asked whatever its status says: somebody waits, or the last time failed. */
  get mustLook(): boolean {
    return this.#cursor === undefined || this.#waiters.size > 0 || this.#lastError !== undefined;
  }

  /** Whether all up to the head that was announced is applied. */
  isAt({ epoch, position }: AnnouncedHead): boolean {
    return this.#cursor !== undefined && this.#cursor.epoch === epoch && this.#cursor.position === position;
  }

  wait(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiters.add({ resolve, reject }));
  }

  #resolveWaiters(): void {
    for (const waiter of this.#waiters) {
      if (waiter.target === undefined || waiter.target > (this.#cursor?.position ?? 0)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  failed(error: unknown): void {
    // Whatever failed, the database says where to go on from.
    this.#cursor = undefined;
    const reason = describeError(error);
    const isNews = reason !== this.#lastError;
    this.#lastError = reason;
    this.#notify();
    const { logger, source } = this.#options;
    // A source may be away for days: once is enough.
    if (error instanceof CursorMoved || !isNews) return;
    // That a source is away is meant to happen, and its reason is whole; any other failure is looked for by its stack.
    const about = error instanceof SourceFailed ? { why: reason } : { err: error };
    logger?.warn({ ...about, source: source.service }, 'consuming failed; it is tried again');
  }

  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  #notify(): void {
    if (this.#shown !== undefined && this.#shown !== this.#condition()) this.#changed();
  }

  #condition(): string {
    const isBehind = this.#head > (this.#lastCursor?.position ?? 0);
    return `${isBehind} ${this.#lastError !== undefined}`;
  }

  status(): ConsumerStatus {
    this.#shown = this.#condition();
    const position = this.#lastCursor?.position ?? 0;
    const { source, reader = source.service } = this.#options;
    return {
      reader,
      source: source.service,
      ...(this.#lastCursor && { epoch: this.#lastCursor.epoch }),
      position,
      head: this.#head,
      lag: Math.max(0, this.#head - position),
      deadLetters: this.applier.deadLetters,
      ...(this.#lastError !== undefined && { lastError: this.#lastError }),
    };
  }

  async close(): Promise<void> {
    await this.#last;
    for (const waiter of this.#waiters) waiter.reject(new ConsumerClosed('the consumer was closed'));
    this.#waiters.clear();
  }
}
