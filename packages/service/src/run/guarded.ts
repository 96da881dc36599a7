import { type Database, DatabaseUnavailable } from '@huismeester/database';

/** The database, as long as this process may write to it; then its transactions are refused. */
export function guarded(database: Database, mayWrite: () => boolean): Database {
  return {
    ...database,
    async transaction(work, options) {
      if (mayWrite()) return await database.transaction(work, options);
      throw new DatabaseUnavailable(
        'the database has not confirmed of late that this process may act; nothing is written until it does',
      );
    },
  };
}
