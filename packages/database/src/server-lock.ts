import type { Logger } from '@huismeester/clock';
import { type SQL, sql } from 'drizzle-orm';
import type { DatabaseUnavailable } from './errors.ts';
import { postgresConnection } from './postgres-connection.ts';

/** A lock that a PostgreSQL keeps for one connection, and gives up when that ends, however it ends. */
export interface ServerLock {
  /** The connection is gone, and with it the lock. */
  readonly lost: boolean;
  /** A query on the lock's own connection: an answer proves that it was held until then. */
  query<T>(statement: string, parameters?: unknown[]): Promise<T[]>;
  release(): Promise<void>;
}

// Any number will do; keys of two numbers are apart from those of one, as migrations take.
const lockClass = 4_211;

/**
 * A machine that vanishes says nothing: the server looks after 5 s, and drops the connection within 12 s. Set here and not
 * as the connection begins, where a pooler in between would refuse it.
 */
const noticeLoss =
  'set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 10000';

/** Its own statements are short, and whoever has it must know soon that it may be another's. */
const silentMs = 5_000;

/** Whether somebody has the lock of that name, as a condition: on the database that is asked. */
export function isServerLocked(name: SQL): SQL<boolean> {
  return sql<boolean>`exists (
    select from pg_locks where locktype = 'advisory' and classid = ${lockClass} and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())
      and objid::bigint = (hashtext(${name})::bigint & 4294967295))`;
}

/**
 * Takes the locks of these names, or none: then undefined, since another connection to this database has one of them.
 * Throws {@link DatabaseUnavailable}. A server that says nothing for 5 s while it is asked something is lost.
 */
export async function takeServerLock(
  url: string,
  names: readonly string[],
  logger?: Logger,
): Promise<ServerLock | undefined> {
  const connection = postgresConnection(url, logger, silentMs);
  try {
    await connection.query(noticeLoss);
    const taken = `select bool_and(pg_try_advisory_lock(${lockClass}, hashtext(name))) as taken from jsonb_array_elements_text($1) as name`;
    const [found] = (await connection.query(taken, [JSON.stringify(names)])) as { taken: boolean }[];
    if (found?.taken !== true) {
      await connection.end();
      return undefined;
    }
  } catch (error) {
    await connection.end();
    throw error;
  }
  return {
    get lost() {
      return connection.lost;
    },
    // As with drizzle's execute: the columns are what the statement says.
    query: async <T>(statement: string, parameters: unknown[] = []) =>
      (await connection.query(statement, parameters)) as T[],
    release: () => connection.end(),
  };
}
