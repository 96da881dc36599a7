import type { Tx } from '@huismeester/database';
import { getTableColumns, sql } from 'drizzle-orm';
import type { AggregateTable, Current } from './aggregate-rows.ts';

/** An aggregate as it is to be; without a state its row is removed. */
export interface WantedRow<State> {
  readonly id: string;
  readonly state: State | undefined;
  readonly version: number;
}

/** As many rows as are written with one statement: of each value there is a parameter, and a statement takes 65,535. */
const rowsAtOnce = 1_000;

export type AllRows<State> = ReturnType<typeof allRows<State>>;

/** The statements behind commands about all aggregates of a kind. */
export function allRows<State>(table: AggregateTable) {
  return {
    /** All that have a row, by id. */
    async lock(tx: Tx): Promise<ReadonlyMap<string, Current<State>>> {
      // As the types of its columns say: drizzle cannot follow a table that is a type parameter.
      const rows = (await tx.select().from(table).for('update')) as ({
        id: string;
        version: number;
      } & State)[];
      return new Map(rows.map(({ id, version, ...state }) => [id, { state: state as State, version }]));
    },

    /** Rows that no other transaction writes meanwhile. */
    async save(tx: Tx, rows: readonly WantedRow<State>[]): Promise<void> {
      const gone = rows.flatMap(({ id, state }) => (state === undefined ? [id] : []));
      if (gone.length > 0) {
        const ids = sql`(select json_array_elements_text(${JSON.stringify(gone)}::json))`;
        await tx.delete(table).where(sql`${table.id} in ${ids}`);
      }
      const columns = Object.entries(getTableColumns(table)).filter(([key]) => key !== 'id');
      const set = Object.fromEntries(columns.map(([key, { name }]) => [key, sql.raw(`excluded."${name}"`)]));
      const kept = rows.flatMap(({ id, state, version }) =>
        state === undefined ? [] : [{ ...state, id, version }],
      );
      for (let at = 0; at < kept.length; at += rowsAtOnce) {
        const values = kept.slice(at, at + rowsAtOnce);
        await tx.insert(table).values(values).onConflictDoUpdate({ target: table.id, set });
      }
    },
  };
}
