import type { Connection } from './connection.ts';
import { isDiskFull } from './errors.ts';

/** For how long a disk stays full after it was last seen so: whoever could not write tries again within 5 s. */
const believedMs = 6_000;

/** Notes when the database has no room to write: its reading goes on, so that asking it something would not tell. */
export interface DiskWatch {
  readonly full: boolean;
  over(connection: Connection): Connection;
}

export function createDiskWatch(): DiskWatch {
  let seenFull = Number.NEGATIVE_INFINITY;
  return {
    get full() {
      return performance.now() - seenFull < believedMs;
    },
    over: (connection) => ({
      get lost() {
        return connection.lost;
      },
      end: () => connection.end(),
      async query(...asked) {
        try {
          return await connection.query(...asked);
        } catch (error) {
          if (isDiskFull(error)) seenFull = performance.now();
          throw error;
        }
      },
    }),
  };
}
