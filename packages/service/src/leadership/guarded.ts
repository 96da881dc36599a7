import { type Database, DatabaseUnavailable } from '@huismeester/database';

/** What a statement of its own begins with; a plain `select` changes nothing, and may go on. */
const changing: ReadonlySet<PropertyKey> = new Set(['execute', 'insert', 'update', 'delete']);

/**
 * The database, as long as this process may write to it; after that its transactions are refused, at their begin and before
 * their commit, and so are all statements outside of them that may change something; its health fails.
 */
export function guarded(database: Database, mayWrite: () => boolean): Database {
  const refuse = () => {
    if (mayWrite()) return;
    throw new DatabaseUnavailable('the database has not confirmed of late that this process may act');
  };
  return {
    ...database,
    orm: new Proxy(database.orm, {
      get(orm, name) {
        if (changing.has(name)) refuse();
        return Reflect.get(orm, name, orm);
      },
    }),
    async transaction(work, options) {
      refuse();
      return await database.transaction(work, { ...options, beforeCommit: refuse });
    },
    async health() {
      await database.health();
      refuse();
    },
  };
}
