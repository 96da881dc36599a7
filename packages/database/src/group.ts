import type { Database, Tx } from './database.ts';
import { isTransient } from './errors.ts';

/** Writes items of several callers in shared transactions. */
export interface CommitBatch<Item, Result> {
  /** Resolves with the item's result once that is committed. */
  write(item: Item): Promise<Result>;
}

export interface CommitBatchOptions<Item, Result> {
  readonly database: Pick<Database, 'transaction'>;
  /**
   * Writes all items and returns a result for each, in their order. It must not mind being run again after a rollback, nor
   * that items of several callers stand in one transaction.
   */
  readonly writeAll: (tx: Tx, items: readonly Item[]) => Promise<readonly Result[]>;
}

interface Member<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** More in one transaction would make the first of them wait for too long. */
const mostTogether = 200;

/**
 * Group commit: items that come while a commit is under way go into the next one together, so that they wait for the disk
 * once, and share statements. If that transaction fails it is rolled back, and each item is written again in one of its
 * own, so that one bad item fails alone.
 */
export function createCommitBatch<Item, Result>({
  database,
  writeAll,
}: CommitBatchOptions<Item, Result>): CommitBatch<Item, Result> {
  const waiting: Member<Item, Result>[] = [];
  let running = false;

  const write = async (members: readonly Member<Item, Result>[]): Promise<void> => {
    let results: readonly Result[];
    try {
      results = await database.transaction((tx) =>
        writeAll(
          tx,
          members.map(({ item }) => item),
        ),
      );
    } catch (error) {
      // Whether a lost connection took the commit with it is not known: nothing may be written twice.
      if (members.length === 1 || isTransient(error)) for (const { reject } of members) reject(error);
      // Which item is at fault shows when each is written by itself.
      else for (const member of members) await write([member]);
      return;
    }
    members.forEach(({ resolve }, index) => {
      resolve(results[index] as Result);
    });
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) await write(waiting.splice(0, mostTogether));
    running = false;
  };

  return {
    write: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!running) void drain();
      }),
  };
}
