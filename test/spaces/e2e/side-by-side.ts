import { beforeAll } from 'vitest';

/** What is closed in the end. */
interface Closable {
  close(): Promise<unknown>;
}

/** The outcome of each row; asking for one that failed rejects with its error. */
interface Outcomes<Row, Told extends Closable> {
  of(row: Row): Promise<Told>;
  close(): Promise<void>;
}

/** Has the stories of all rows told at once before the tests of a file, unless they are skipped, and closed after them. */
export function toldBefore<Row, Told extends Closable>(
  rows: readonly Row[],
  tell: (row: Row) => Promise<Told>,
  skip: boolean,
): Pick<Outcomes<Row, Told>, 'of'> {
  let outcomes: Outcomes<Row, Told> | undefined;
  beforeAll(async () => {
    if (skip) return;
    outcomes = await sideBySide(rows, tell);
    return outcomes.close;
  }, 240_000);
  return {
    async of(row) {
      if (!outcomes) throw new RangeError('no story was told');
      return await outcomes.of(row);
    },
  };
}

/** Tells the stories of all rows at once, since each mostly waits, and resolves when all have ended, well or not. */
async function sideBySide<Row, Told extends Closable>(
  rows: readonly Row[],
  tell: (row: Row) => Promise<Told>,
): Promise<Outcomes<Row, Told>> {
  const telling = new Map(rows.map((row) => [row, tell(row)]));
  const settled = await Promise.allSettled(telling.values());
  return {
    async of(row) {
      const told = await telling.get(row);
      if (!told) throw new RangeError('it was not among the rows');
      return told;
    },
    async close() {
      const told = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      await Promise.all(told.map((each) => each.close()));
    },
  };
}
