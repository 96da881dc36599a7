import type { Tx } from '@huismeester/database';
import { eq, type InferSelectModel, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { EventLog } from './log.ts';

/** A table with a row for each aggregate: beside these two columns those of its state. `id` is the primary key. */
export type AggregateTable = PgTable & { readonly id: PgColumn; readonly version: PgColumn };

/** What a row says of the state; a union of states goes into a `jsonb` column of its own. */
export type StateIn<Table extends PgTable> = Omit<InferSelectModel<Table>, 'id' | 'version'>;

/** An aggregate that exists; `version` is that of its newest event. */
export interface Current<State> {
  readonly state: State;
  readonly version: number;
}

/** What was found under the lock; without a row there is no lock, and the version is that of what once had one. */
export interface LockedRow<State> {
  readonly state: State | undefined;
  readonly version: number;
}

export interface Change<State> {
  readonly before: State | undefined;
  /** Undefined removes the row. */
  readonly state: State | undefined;
  readonly version: number;
}

export type AggregateRows<State> = ReturnType<typeof aggregateRows<State>>;

/** The statements behind an aggregate's commands. */
export function aggregateRows<State>(table: AggregateTable) {
  return {
    async lock(
      tx: Tx,
      id: string,
      { log, subject }: { log: EventLog; subject: string },
    ): Promise<LockedRow<State>> {
      // As the types of its columns say: drizzle cannot follow a table that is a type parameter.
      const [row] = (await tx.select().from(table).where(eq(table.id, id)).for('update')) as ({
        id: string;
        version: number;
      } & State)[];
      if (!row) return { state: undefined, version: await log.versionIn(tx, subject) };
      const { id: _, version, ...state } = row;
      return { state: state as State, version };
    },

    /** False when somebody made one with this id meanwhile: the insert waited for that commit. */
    async save(tx: Tx, id: string, { before, state, version }: Change<State>): Promise<boolean> {
      const isThis = eq(table.id, id);
      if (before !== undefined) {
        await (state === undefined
          ? tx.delete(table).where(isThis)
          : tx
              .update(table)
              .set({ ...state, version })
              .where(isThis));
        return true;
      }
      if (state === undefined) return true;
      const made = await tx
        .insert(table)
        .values({ ...state, id, version })
        .onConflictDoNothing({ target: table.id })
        .returning({ id: table.id });
      return made.length > 0;
    },
  };
}

/** Locks names until the commit, in one order for all; those of one service are apart from another's. */
export async function lockScopes(tx: Tx, service: string, scopes: readonly string[]): Promise<void> {
  for (const scope of [...new Set(scopes)].sort((a, b) => (a < b ? -1 : 1))) {
    const name = `${service}/${scope}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  }
}
