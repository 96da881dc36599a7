import { DrizzleQueryError } from 'drizzle-orm';
import { PgDialect, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { PgRemoteDatabase, PgRemoteSession } from 'drizzle-orm/pg-proxy';
import type { Connection } from './connection.ts';

type Session = PgRemoteSession<Record<string, never>, Record<string, never>>;

const dialect = new PgDialect();

/** Drizzle over any way to run a statement, so that both kinds of database behave alike. */
export function drizzleOver(query: Connection['query']): PgRemoteDatabase {
  return new PgRemoteDatabase(
    dialect,
    new TypedErrorSession(
      async (statement, parameters, method) => ({
        rows: await query(statement, parameters, method === 'all' ? 'arrays' : 'objects'),
      }),
      dialect,
      undefined,
    ),
    undefined,
  );
}

/** Drizzle's own error has all parameters in its message, where they end up in logs; its cause is ours. */
class TypedErrorSession extends PgRemoteSession<Record<string, never>, Record<string, never>> {
  override prepareQuery<T extends PreparedQueryConfig>(...parameters: Parameters<Session['prepareQuery']>) {
    const prepared = super.prepareQuery<T>(...parameters);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (values) => execute(values).catch(rethrow);
    return prepared;
  }
}

function rethrow(error: unknown): never {
  throw error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}
