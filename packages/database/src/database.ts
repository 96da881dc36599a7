import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Drizzle, over either kind of database. */
export type Orm = PgDatabase<PgQueryResultHKT>;

declare const inTransaction: unique symbol;

/** A transaction in progress; it takes the same queries as {@link Orm}. For one in it there is `savepoint`. */
export type Tx = Orm & { readonly [inTransaction]: true };

export interface TransactionOptions {
  isolation?: 'repeatable read';
  readOnly?: boolean;
  /** For how long the server may say nothing while one of its statements runs, in ms; the database's own limit if left out. */
  silentMs?: number;
  /** Called before the commit is sent: when it throws, the transaction is rolled back, and rejects with that error. */
  beforeCommit?: () => void;
}

export interface Database {
  readonly kind: 'postgres' | 'embedded';
  /**
   * For queries outside transactions. Inside one they would wait for ever for the embedded database's only
   * connection, so there every query of it throws {@link OuterConnectionInTransaction}, on PostgreSQL too.
   */
  readonly orm: Orm;
  /**
   * Runs the work in a transaction: committed when it resolves, rolled back when it rejects or when a statement in it
   * failed. Throws {@link OuterConnectionInTransaction} when called inside another one, and {@link DatabaseUnavailable}
   * when the connection is lost, in which case it is not known whether a commit under way was made.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Resolves when the database answers; throws {@link DatabaseUnavailable} when it does not within 5 s, and
   * {@link DiskFull} when a statement found no room in the last 6 s.
   */
  health(): Promise<void>;
  /** Waits for what is in progress, closes, and gives up the embedded directory's lock. */
  close(): Promise<void>;
}
