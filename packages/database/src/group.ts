import type { Database, Tx } from './database.ts';
import { isTransient } from './errors.ts';
import { allEnded } from './transaction.ts';

/** Runs works of several callers in shared transactions. */
export interface CommitGroup {
  /**
   * As `database.transaction`: resolves with the work's result once that is committed. The work must not mind that it is
   * run again after a rollback, nor that works of others stand in the same transaction.
   */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

interface Member {
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** More in one transaction would make the first of them wait for too long. */
const mostTogether = 100;

/**
 * Group commit: works that are asked for while a commit is under way go into the next one together, so that they wait for
 * the disk once, and for each other's locks not at all. If one of them fails, that transaction is rolled back, and each of
 * its works runs again in one of its own: nobody hears of another's failure.
 */
export function createCommitGroup(database: Pick<Database, 'transaction'>): CommitGroup {
  const waiting: Member[] = [];
  let running = false;

  const alone = async ({ work, resolve, reject }: Member): Promise<void> => {
    try {
      resolve((await database.transaction(work)) as never);
    } catch (error) {
      reject(error);
    }
  };

  const together = async (members: readonly Member[]): Promise<void> => {
    let results: unknown[];
    try {
      results = await database.transaction(async (tx) => {
        return await allEnded(members.map(({ work }) => work(tx)));
      });
    } catch (error) {
      // Whether a lost connection took the commit with it is not known: nothing may be done twice.
      if (isTransient(error)) for (const { reject } of members) reject(error);
      // Whose fault it was shows when each runs by itself.
      else for (const member of members) await alone(member);
      return;
    }
    members.forEach(({ resolve }, index) => {
      resolve(results[index] as never);
    });
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const members = waiting.splice(0, mostTogether);
      const [only] = members;
      await (members.length === 1 && only ? alone(only) : together(members));
    }
    running = false;
  };

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject });
        if (!running) void drain();
      }),
  };
}
