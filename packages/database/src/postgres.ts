import type { Logger } from '@huismeester/clock';
import type { Database } from './database.ts';
import { DatabaseRefused, DatabaseUnavailable, QueryFailed } from './errors.ts';
import { databaseOver } from './over-pool.ts';
import { postgresConnection } from './postgres-connection.ts';

/**
 * Of a server that does not answer: more than any statement of ours takes but those that migrate, and less than a person
 * would wait before restarting.
 */
const usualSilentMs = 30_000;

/**
 * Opens a pool of at most `max` connections; throws {@link DatabaseUnavailable} if the database does not
 * answer, {@link DatabaseRefused} if it does not let us in.
 */
export async function openPostgres(
  url: string,
  {
    logger,
    max = 10,
    silentMs = usualSilentMs,
  }: { logger?: Logger | undefined; max?: number | undefined; silentMs?: number | undefined },
): Promise<Database> {
  const place = placeOf(url);
  const database = databaseOver({
    kind: 'postgres',
    place,
    max,
    connect: () => postgresConnection(url, logger, silentMs),
    logger,
    closed: async () => undefined,
  });
  try {
    await database.health();
  } catch (error) {
    await database.close();
    throw missing(error, place) ?? refusal(error, place) ?? error;
  }
  return database;
}

/** A database that is not made yet is waited for, as a server that is not there is. */
function missing(error: unknown, place: string): DatabaseUnavailable | undefined {
  const { cause } = error instanceof Error ? error : {};
  if (!(cause instanceof QueryFailed) || codeOf(cause.cause) !== '3D000') return undefined;
  const [server, name] = [place.slice(0, place.lastIndexOf('/')), place.slice(place.lastIndexOf('/') + 1)];
  return new DatabaseUnavailable(
    `the PostgreSQL at ${server} has no database "${name}": make it with createdb, or correct the name in database.url`,
    { cause },
  );
}

/** What no waiting helps against: PostgreSQL answered, and did not let us in; or the URL is none. */
function refusal(error: unknown, place: string): DatabaseRefused | undefined {
  const { cause } = error instanceof Error ? error : {};
  if (cause instanceof QueryFailed) {
    const said = cause.cause instanceof Error ? cause.cause.message : cause.message;
    return new DatabaseRefused(
      `database.url: the PostgreSQL at ${place} does not let us in: ${said}; ${whatToDo(cause.cause)}`,
      { cause },
    );
  }
  if (cause instanceof TypeError) {
    const allowed = 'postgres://user:password@host:5432/database, with %40 for an @ in the password';
    // Without its cause, which has the whole of it, the password too.
    return new DatabaseRefused(`database.url: found no URL, allowed: ${allowed}`);
  }
  return undefined;
}

/** Of PostgreSQL's appendix A. */
function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

function whatToDo(cause: unknown): string {
  const code = codeOf(cause);
  if (code === '28P01' || code === '28000')
    return 'correct the user or the password, or let it in by pg_hba.conf';
  return 'correct database.url, or give the user that right';
}

/** Host, port and database: what stands after the credentials and before the options. */
function placeOf(url: string): string {
  const [place = ''] = url.slice(Math.max(url.lastIndexOf('@') + 1, url.indexOf('//') + 2)).split('?');
  return place;
}
