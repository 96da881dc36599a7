import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => ComponentChildren;
  /** Numbers stand to the right. */
  readonly number?: boolean;
}

/** A table; on a phone each row is a block, with the heads beside its values. The first column names the row. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  return (
    <table class="table">
      <caption class="for-readers">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, number }) => (
            <th key={head} scope="col" class={number === true ? 'number' : ''}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ head, of, number }, index) =>
              index === 0 ? (
                <th key={head} scope="row">
                  {of(row)}
                </th>
              ) : (
                <td key={head} data-head={head} class={number === true ? 'number' : ''}>
                  {of(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Names with their values, such as what is known of one thing. */
export function Facts({
  of,
}: {
  readonly of: readonly (readonly [name: string, value: ComponentChildren])[];
}) {
  return (
    <dl class="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
