import { systemClock } from '@huismeester/clock';
import { isEventType, type Snapshot, type StoredEvent, upcastEvent } from '@huismeester/contracts';
import { allEnded, isTransient, rows, statement, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import type { ConsumerOptions, Replayed } from './consumer-options.ts';
import { type DeadLetter, type DeadLetterStore, deadLetterStore, describeError } from './dead-letters.ts';
import type { UnfitEntity } from './entities.ts';
import { EntityUnfit } from './errors.ts';
import { checkSchema } from './stored-event.ts';
import { qualifiedName } from './tables.ts';

export interface Cursor {
  readonly epoch: string;
  readonly position: number;
}

/** Where a reader was left; what another fold made of the events counts for nothing, and the snapshot is taken. */
export interface Resumed extends Cursor {
  readonly isOtherFold: boolean;
}

/** The log or the cursor is not where this consumer left it; it is read anew. */
export class CursorMoved extends Error {
  override readonly name = 'CursorMoved';
  readonly code = 'cursor-moved';
}

type AnyHandler = (tx: Tx, event: never) => Promise<void> | void;

/** Applies events, parks those that fail, and moves the cursor in the same transaction. */
export class Applier {
  readonly letters: DeadLetterStore;
  readonly #options: ConsumerOptions;
  readonly #handlers: Readonly<Record<string, AnyHandler | undefined>>;
  readonly #reader: string;
  readonly #fold: number;
  #parked = new Map<string, number>();

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#handlers = options.handlers;
    const { database, tables, source, reader = source.service, fold = 1 } = options;
    this.#reader = reader;
    this.#fold = fold;
    this.letters = deadLetterStore(database, tables, { reader, source: source.service });
  }

  get deadLetters(): number {
    let sum = 0;
    for (const count of this.#parked.values()) sum += count;
    return sum;
  }

  /** Where it was left, and by which fold; undefined for a new reader. */
  async resume(): Promise<Resumed | undefined> {
    const { database, tables } = this.#options;
    const found = await database.orm.execute(
      sql`select epoch, position, fold from ${tables.consumeCursor} where reader = ${this.#reader}`,
    );
    this.#parked = await this.letters.parked();
    const [row] = rows<{ epoch: string; position: number | string; fold: number }>(found);
    if (!row) return undefined;
    return { epoch: row.epoch, position: Number(row.position), isOtherFold: row.fold !== this.#fold };
  }

  /**
   * Replaces what was known of the source, letters included. Throws {@link CursorMoved} when the cursor is not where it was
   * when the snapshot was asked for: another life of this consumer has gone on, and is not to be thrown back.
   */
  async applySnapshot(snapshot: Snapshot, before: Cursor | undefined): Promise<Cursor> {
    const { tables, source } = this.#options;
    const { epoch, position } = snapshot;
    const known = before
      ? sql`do update set epoch = excluded.epoch, position = excluded.position, fold = excluded.fold
          where c.epoch = ${before.epoch} and c.position = ${before.position}`
      : sql`do nothing`;
    let unfit: readonly UnfitEntity[] = [];
    await this.#options.database.transaction(async (tx) => {
      unfit = (await this.#options.snapshot(tx, snapshot)) ?? [];
      await this.letters.removeAll(tx);
      await this.letters.parkEntities(tx, unfit, position, this.#now());
      const moved = await tx.execute(sql`
        insert into ${tables.consumeCursor} as c (reader, source, fold, epoch, position)
        values (${this.#reader}, ${source.service}, ${this.#fold}, ${epoch}, ${position})
        on conflict (reader) ${known} returning position`);
      if (rows(moved).length === 0) {
        throw new CursorMoved(
          `the cursor of ${this.#reader} moved while its snapshot was taken; it is read anew`,
        );
      }
    });
    this.#parked.clear();
    this.#count(unfit.map(({ entity }) => entity));
    for (const { entity, error } of unfit) {
      this.#options.logger?.error(
        { err: error, subject: entity.subject, reader: this.#reader },
        'an entity of the snapshot cannot be read: its subject is parked, and what was known of it stays',
      );
    }
    return { epoch, position };
  }

  /**
   * Applies a batch in one transaction. If that fails for another reason than the database, then event by event, a
   * transaction each, so that only what fails by itself is parked. `moved` hears each new cursor.
   */
  async apply(
    cursor: Cursor,
    events: readonly StoredEvent[],
    moved: (cursor: Cursor) => void,
  ): Promise<void> {
    try {
      moved(await this.#applyTogether(cursor, events));
    } catch (error) {
      if (isTransient(error) || error instanceof CursorMoved) throw error;
      let at = cursor;
      for (const event of events) {
        at = await this.#applyOrPark(at, event);
        moved(at);
      }
    }
  }

  /**
   * Applies the parked events of a subject in order, all or none: whoever acts upon the newest of them must not see an
   * older one first, and do what it asked for. After a rejection it may be committed all the same: `resume` finds out.
   */
  async replay(id: string): Promise<Replayed | undefined> {
    const letters = await this.letters.ofSubjectOf(id);
    const [first] = letters;
    if (!first) return undefined;
    let trying = first;
    try {
      await this.#options.database.transaction(async (tx) => {
        for (const letter of letters) {
          trying = letter;
          await this.#handleLetter(tx, letter);
          await this.letters.remove(tx, letter.id);
        }
        await this.#options.afterBatch?.(
          tx,
          letters.flatMap(({ what }) => ('event' in what ? [what.event] : [])),
        );
      });
    } catch (error) {
      if (isTransient(error)) throw error;
      await this.letters.failedAgain(trying.id, error);
      return { applied: 0, left: letters.length, error: describeError(error) };
    }
    this.#parked.delete(first.subject);
    return { applied: letters.length, left: 0 };
  }

  async #applyOrPark(cursor: Cursor, event: StoredEvent): Promise<Cursor> {
    try {
      return await this.#applyTogether(cursor, [event]);
    } catch (error) {
      if (isTransient(error) || error instanceof CursorMoved) throw error;
      const { subject, type, position } = event;
      this.#options.logger?.error(
        { err: error, subject, type, position },
        'an event cannot be applied: its subject is parked',
      );
      await this.#options.database.transaction(async (tx) => {
        await this.#moveCursor(tx, cursor, position);
        await this.#park(tx, [event], error);
        // That it is parked is news too: what is known of its subject is old from now on.
        await this.#options.afterBatch?.(tx, []);
      });
      this.#count([event]);
      return { ...cursor, position };
    }
  }

  async #applyTogether(cursor: Cursor, events: readonly StoredEvent[]): Promise<Cursor> {
    const waiting = events.filter(({ subject }) => this.#parked.has(subject));
    const free = waiting.length === 0 ? events : events.filter(({ subject }) => !this.#parked.has(subject));
    const position = events.at(-1)?.position ?? cursor.position;
    await this.#options.database.transaction(async (tx) => {
      // The cursor's statement is under way while the handlers run.
      await allEnded([this.#moveCursor(tx, cursor, position), this.#handleAll(tx, free)]);
      if (waiting.length > 0) await this.#park(tx, waiting);
    });
    this.#count(waiting);
    return { ...cursor, position };
  }

  /** Events of one subject in order, subjects side by side: their statements share round trips. */
  async #handleAll(tx: Tx, events: readonly StoredEvent[]): Promise<void> {
    const subjects = Map.groupBy(events, ({ subject }) => subject);
    await allEnded([...subjects.values()].map((ofOne) => this.#inOrder(tx, ofOne)));
    if (events.length > 0) await this.#options.afterBatch?.(tx, events);
  }

  async #inOrder(tx: Tx, events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) await this.#handle(tx, event);
  }

  async #handleLetter(tx: Tx, { what, subject }: DeadLetter): Promise<void> {
    if ('event' in what) return await this.#handle(tx, what.event);
    if (!this.#options.entity) {
      throw new EntityUnfit(`${this.#reader} cannot read ${subject} alone; it comes with the next snapshot`);
    }
    await this.#options.entity(tx, what.entity);
  }

  #handle(tx: Tx, event: StoredEvent): Promise<void> | void {
    const handler = isEventType(event.type) ? this.#handlers[event.type] : undefined;
    if (!handler) return;
    // The log that it comes from checked its data against the schema of its type, which may be newer than ours.
    checkSchema(event);
    // An older one comes from a service that was not upgraded yet, or was parked before the upgrade.
    return handler(tx, upcastEvent(event) as never);
  }

  async #moveCursor(tx: Tx, { epoch, position }: Cursor, to: number): Promise<void> {
    const { tables } = this.#options;
    const moved = await statement(
      tx,
      `update ${qualifiedName(tables.consumeCursor)} set position = $1
        where reader = $2 and epoch = $3 and position = $4 and fold = $5 returning position`,
      [to, this.#reader, epoch, position, this.#fold],
    );
    if (moved.length === 0) {
      throw new CursorMoved(`the cursor of ${this.#reader} is no longer at ${position}; it is read anew`);
    }
  }

  #park(tx: Tx, events: readonly StoredEvent[], error?: unknown): Promise<void> {
    return this.letters.park(tx, events, this.#now(), error);
  }

  #now(): Date {
    return (this.#options.clock ?? systemClock).now();
  }

  #count(parked: readonly { readonly subject: string }[]): void {
    for (const { subject } of parked) this.#parked.set(subject, (this.#parked.get(subject) ?? 0) + 1);
  }
}
