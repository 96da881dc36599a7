import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@huismeester/clock';
import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { createDiskWatch } from './disk.ts';
import { DatabaseUnavailable, DiskFull } from './errors.ts';
import { Pool } from './pool.ts';
import { drizzleOver } from './session.ts';
import { Transactions } from './transaction.ts';

export interface OverPoolOptions {
  readonly kind: Database['kind'];
  /** How many connections at most. */
  readonly max: number;
  readonly connect: () => Connection;
  /** For messages; without credentials. */
  readonly place: string;
  readonly logger: Logger | undefined;
  /** After the pool is closed. */
  readonly closed: () => Promise<void>;
}

const healthLimitMs = 5_000;

/** What both kinds of database have in common: all but how a connection is made. */
export function databaseOver({ kind, max, connect, place, logger, closed }: OverPoolOptions): Database {
  const disk = createDiskWatch();
  const pool = new Pool(max, () => disk.over(connect()));
  const transactions = new Transactions(pool, logger);
  const query = async (...asked: Parameters<Parameters<typeof drizzleOver>[0]>) => {
    transactions.refuseInside();
    return pool.use((connection) => connection.query(...asked));
  };
  return {
    kind,
    orm: drizzleOver(query),
    transaction: (work, options) => transactions.run(work, options),
    async health() {
      const answered = new AbortController();
      try {
        await Promise.race([query('select 1'), tooLate(answered.signal)]);
      } catch (cause) {
        throw new DatabaseUnavailable(`the database ${place} does not answer`, { cause });
      } finally {
        answered.abort();
      }
      if (disk.full) {
        throw new DiskFull(
          "the database's disk is full: free space there; nothing that was committed is lost",
        );
      }
    },
    async close() {
      await pool.close();
      await closed();
    },
  };
}

async function tooLate(signal: AbortSignal): Promise<void> {
  await sleep(healthLimitMs, undefined, { signal });
  throw new Error(`no answer within ${healthLimitMs} ms`);
}
