import type { Clock, Logger } from '@huismeester/clock';
import type { EventOf, EventType, Snapshot, StoredEvent } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import type { SnapshotEntity, UnfitEntity } from './entities.ts';
import type { LogSource } from './sources.ts';
import type { EventTables } from './tables.ts';

/**
 * What is done with each type of event; types without a handler are passed over. Events of one subject come in order, one
 * after the other; those of different subjects side by side in one transaction, so a handler opens no savepoint and
 * relies on no other subject's.
 */
export type Handlers = { readonly [T in EventType]?: (tx: Tx, event: EventOf<T>) => Promise<void> | void };

export interface ConsumerOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'consumeCursor' | 'deadLetter'>;
  readonly source: LogSource;
  /**
   * Whose cursor and dead letters these are; the name of the source if left out. A second reader of a source has a name of its own below it
   * (`vm-lifecycle/lease`), so that what fails there holds up nothing here.
   */
  readonly reader?: string;
  /** Counted up when what is made of the events changes (1 if left out): a reader whose number is new begins with the snapshot. */
  readonly fold?: number;
  readonly handlers: Handlers;
  /**
   * Replaces all that was known of the source: for a new reader or fold, another epoch, a position that is gone. Answers with what it could
   * not read, whose rows it kept as they are: that is parked. `readEntities` makes it from schemas.
   */
  readonly snapshot: (
    tx: Tx,
    snapshot: Snapshot,
  ) => Promise<void> | Promise<readonly UnfitEntity[] | undefined>;
  /** Writes one entity of a snapshot, when it is replayed after it was parked; it throws while it cannot. */
  readonly entity?: (tx: Tx, entity: SnapshotEntity) => Promise<void>;
  /** Runs in the transaction of each batch, after its handlers; with no events, in that in which one is parked. */
  readonly afterBatch?: (tx: Tx, events: readonly StoredEvent[]) => Promise<void>;
  /** The most events in a transaction; 500. */
  readonly batchSize?: number;
  /** How often to look without having been woken, in milliseconds; as the source says, if left out. */
  readonly lookEveryMs?: number;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

export interface ConsumerStatus {
  readonly reader: string;
  readonly source: string;
  readonly epoch?: string;
  readonly position: number;
  readonly head: number;
  readonly lag: number;
  readonly deadLetters: number;
  readonly lastError?: string;
}

/** How a replay of a subject went; with an `error` nothing was applied. */
export interface Replayed {
  readonly applied: number;
  readonly left: number;
  readonly error?: string;
}
