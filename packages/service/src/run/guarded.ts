import { type Database, DatabaseUnavailable } from '@huismeester/database';

/** The database, as long as this process may write to it; then its transactions are refused, and it is not well. */
export function guarded(database: Database, mayWrite: () => boolean): Database {
  const refuse = () => {
    if (mayWrite()) return;
    throw new DatabaseUnavailable('the database has not confirmed of late that this process may act');
  };
  return {
    ...database,
    async transaction(work, options) {
      refuse();
      return await database.transaction(work, options);
    },
    async health() {
      await database.health();
      refuse();
    },
  };
}
