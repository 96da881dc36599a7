import { beforeAll } from 'vitest';

/** What is closed in the end. */
interface Closable {
  close(): Promise<unknown>;
}

/** The outcome of each row; asking for one that failed rejects with its error. */
interface Outcomes<Row, Played extends Closable> {
  of(row: Row): Promise<Played>;
  close(): Promise<void>;
}

/** Has the stories of all rows played at once before the tests of a file, unless they are skipped, and closed after them. */
export function playedBefore<Row, Played extends Closable>(
  rows: readonly Row[],
  play: (row: Row) => Promise<Played>,
  skip: boolean,
): Pick<Outcomes<Row, Played>, 'of'> {
  let outcomes: Outcomes<Row, Played> | undefined;
  beforeAll(async () => {
    if (skip) return;
    outcomes = await sideBySide(rows, play);
    return outcomes.close;
  }, 240_000);
  return {
    async of(row) {
      if (!outcomes) throw new RangeError('no story was played');
      return await outcomes.of(row);
    },
  };
}

/** Plays the stories of all rows at once, since each mostly waits, and resolves when all have ended, well or not. */
async function sideBySide<Row, Played extends Closable>(
  rows: readonly Row[],
  play: (row: Row) => Promise<Played>,
): Promise<Outcomes<Row, Played>> {
  const playing = new Map(rows.map((row) => [row, play(row)]));
  const results = await Promise.allSettled(playing.values());
  return {
    async of(row) {
      const played = await playing.get(row);
      if (!played) throw new RangeError('it was not among the rows');
      return played;
    },
    async close() {
      const played = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      await Promise.all(played.map((each) => each.close()));
    },
  };
}
