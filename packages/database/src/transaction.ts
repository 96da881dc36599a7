import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '@huismeester/clock';
import type { Connection } from './connection.ts';
import type { Orm, TransactionOptions, Tx } from './database.ts';
import { OuterConnectionInTransaction, TransactionEnded } from './errors.ts';
import type { Pool } from './pool.ts';
import { drizzleOver } from './session.ts';

/** A transaction, or a savepoint in one. */
interface Scope {
  readonly connection: Connection;
  readonly depth: number;
  readonly callbacks: Callback[];
  readonly silentMs: number | undefined;
  readonly beforeCommit: (() => void) | undefined;
  readonly query: Connection['query'];
  /** The first error of a statement in it: PostgreSQL then takes nothing but a rollback. */
  failure: { readonly error: unknown } | undefined;
  ended: boolean;
  /** The commit, once it is under way. */
  commit?: Promise<unknown>;
}

interface Callback {
  readonly run: () => void;
  /** Instead, when the connection broke between the commit and its answer. */
  readonly unheard: (() => void) | undefined;
}

/** After a commit whose answer was lost, ms. */
const lookAgainMs = [1_000, 3_000, 10_000] as const;

const scopes = new WeakMap<Orm, Scope>();

/**
 * Runs the callback once the transaction is committed, in the order of registration; never after a rollback. When the connection
 * broke between the commit and its answer nobody knows which it was: then `unheard` runs, to have somebody look, and once more after 1, 3 and 10 s.
 */
export function afterCommit(tx: Tx, run: () => void, unheard?: () => void): void {
  scopeOf(tx).callbacks.push({ run, unheard });
}

/**
 * Runs the work in a savepoint: when it rejects, what it wrote, and its `afterCommit` callbacks, are undone, and the
 * transaction itself can go on.
 */
export async function savepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const outer = scopeOf(tx);
  const { connection, depth, silentMs, beforeCommit } = outer;
  const name = `s${depth}`;
  await connection.query(`savepoint ${name}`);
  const scope = scopeOn({ connection, silentMs, beforeCommit, depth: depth + 1, callbacks: [] });
  try {
    const result = await within(scope, work);
    await connection.query(`release savepoint ${name}`);
    outer.callbacks.push(...scope.callbacks);
    return result;
  } catch (error) {
    if (!connection.lost) await connection.query(`rollback to savepoint ${name}`);
    throw error;
  }
}

/** As Promise.all, but when one fails the others are awaited too: nothing may use a transaction after its end. */
export async function allEnded<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(works);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/**
 * Runs a statement as it is, with `$1` and so on for its parameters: for what runs so often that building it anew each
 * time would cost more than running it. Answers with its rows.
 */
export async function statement<T>(tx: Tx, text: string, parameters: unknown[]): Promise<T[]> {
  // As with drizzle's execute: the columns are what the statement says.
  return (await scopeOf(tx).query(text, parameters)) as T[];
}

/**
 * Sends the commit right behind the statements that are under way: a round trip less. Nothing more can be asked of the
 * transaction, and nothing after this rolls it back but the failure of one of those statements. Not in a savepoint.
 */
export function commitBehind(tx: Tx): void {
  const scope = scopeOf(tx);
  if (scope.depth > 0) throw new TypeError('a savepoint cannot commit; only the transaction around it can');
  scope.ended = true;
  try {
    scope.beforeCommit?.();
  } catch (error) {
    // Thrown once the statements under way are awaited; without a commit behind them they are rolled back.
    scope.failure ??= { error };
    return;
  }
  // A commit of what has failed is a rollback, and the failed statement says so.
  scope.commit = scope.connection.query('commit');
  // It is awaited at the end of the transaction, whatever else happens before that.
  scope.commit.catch(() => undefined);
}

function scopeOf(tx: Tx): Scope {
  const scope = scopes.get(tx);
  if (!scope) throw new TypeError('this transaction was not opened with database.transaction()');
  return scope;
}

function scopeOn(
  given: Pick<Scope, 'connection' | 'depth' | 'callbacks' | 'silentMs' | 'beforeCommit'>,
): Scope {
  const { connection, silentMs } = given;
  const scope: Scope = {
    ...given,
    failure: undefined,
    ended: false,
    async query(text, parameters, rows) {
      if (scope.ended) {
        throw new TransactionEnded('a transaction was used after its end; await all that is done in it');
      }
      try {
        return await connection.query(text, parameters, rows, silentMs);
      } catch (error) {
        scope.failure ??= { error };
        throw error;
      }
    },
  };
  return scope;
}

async function within<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  const orm = drizzleOver(scope.query);
  scopes.set(orm, scope);
  try {
    const result = await work(orm as Tx);
    if (scope.failure) throw scope.failure.error;
    return result;
  } finally {
    scope.ended = true;
  }
}

/** Opens the transactions of one database, and knows whether the code that asks runs inside one. */
export class Transactions {
  // `open` turns false at the end: what was started inside a transaction and outlives it is outside.
  readonly #current = new AsyncLocalStorage<{ open: boolean }>();
  readonly #pool: Pool;
  readonly #logger: Logger | undefined;

  constructor(pool: Pool, logger: Logger | undefined) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /** Throws {@link OuterConnectionInTransaction} inside a transaction. */
  refuseInside(): void {
    if (!this.#current.getStore()?.open) return;
    throw new OuterConnectionInTransaction(
      'the outer connection, or a second transaction, was used inside a transaction; use the transaction that was passed in, or savepoint()',
    );
  }

  async run<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    this.refuseInside();
    const callbacks: Callback[] = [];
    let asked = false;
    const result = await this.#pool.use(async (connection) => {
      // Not awaited here: the first statements travel with it. Nothing but the loss of the connection makes it fail.
      const begun = connection.query(beginning(options));
      const { silentMs, beforeCommit } = options;
      const scope = scopeOn({ connection, silentMs, beforeCommit, depth: 0, callbacks });
      const context = { open: true };
      try {
        const [done] = await Promise.all([this.#current.run(context, () => within(scope, work)), begun]);
        if (!scope.commit) beforeCommit?.();
        asked = true;
        await (scope.commit ?? connection.query('commit'));
        return done;
      } catch (error) {
        const isUnheard = connection.lost && (asked || scope.commit !== undefined);
        if (await committed(scope)) {
          this.#call(callbacks.map(({ run }) => run));
        } else {
          await undo(connection, scope.commit ?? begun);
          if (isUnheard) this.#callUnheard(callbacks);
        }
        throw error;
      } finally {
        context.open = false;
      }
    });
    this.#call(callbacks.map(({ run }) => run));
    return result;
  }

  /** The server may be at it still, and commit in a moment: who looks now would find nothing, and must look once more. */
  #callUnheard(callbacks: readonly Callback[]): void {
    const call = () => this.#call(callbacks.map(({ unheard }) => unheard));
    call();
    for (const ms of lookAgainMs) setTimeout(call, ms).unref();
  }

  #call(callbacks: readonly ((() => void) | undefined)[]): void {
    for (const callback of callbacks) {
      try {
        callback?.();
      } catch (error) {
        // The transaction is committed: a rejection would say that it is not.
        if (this.#logger) this.#logger.error({ err: error }, 'a callback after commit failed');
        else process.emitWarning(`a callback after commit failed: ${String(error)}`);
      }
    }
  }
}

/** Whether the commit that was sent behind the statements was made: PostgreSQL turns it into a rollback after a failed one. */
async function committed({ commit, failure }: Scope): Promise<boolean> {
  if (commit === undefined || failure) return false;
  return commit.then(
    () => true,
    () => false,
  );
}

/** Ends what was begun; a connection on which that is not sure is not used again. */
async function undo(connection: Connection, last: Promise<unknown>): Promise<void> {
  try {
    await last;
    if (!connection.lost) await connection.query('rollback');
  } catch {
    // Whoever began is told of the first error; the server rolls back what loses its connection.
    await connection.end();
  }
}

function beginning({ isolation, readOnly }: TransactionOptions): string {
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly ? ' read only' : ''}`;
}
