import type { Logger } from '@huismeester/clock';
import postgres, { type ParameterOrJSON } from 'postgres';
import type { Connection } from './connection.ts';
import { DatabaseUnavailable, isConnectionError, QueryFailed } from './errors.ts';
import { oneSocket } from './one-socket.ts';
import { createSilence } from './silence.ts';

/**
 * Statements with more parameters than this are those whose number of rows varies: each length is another statement,
 * and the connection would keep them all.
 */
const mostPreparedParameters = 40;

// What drizzle itself turns into text and back: dates, times and intervals, lists of them, and JSON.
const asText = [1082, 1083, 1114, 1184, 1186, 1115, 1182, 1185, 1187, 1231];
const asTextWhenSent = [...asText, 114, 3802];
const unchanged = (value: unknown) => value;
const connectTimeoutMs = 10_000;

/** An option that postgres.js has, and its types do not. */
const withSocket = (socket: ReturnType<typeof oneSocket>): object => ({ socket });

/**
 * One connection, by a postgres.js client of its own. Its pool and its `begin` are not used: after a lost connection
 * they may write to no socket (an exception that nobody can catch), send a transaction's next statement outside of it,
 * or wait for ever, so a client is dropped with its connection. A network that swallows everything ends no connection:
 * a server that says nothing for `silentMs` while it is asked something is lost too.
 */
export function postgresConnection(url: string, logger: Logger | undefined, silentMs: number): Connection {
  let lost = false;
  const silence = createSilence();
  const client = postgres(url, {
    max: 1,
    // A connection ends between transactions only, and we say when.
    max_lifetime: null,
    connect_timeout: connectTimeoutMs / 1_000,
    // It would ask for the types of lists as a connection begins, and nobody could catch it when that breaks.
    fetch_types: false,
    connection: { application_name: 'huismeester' },
    onnotice: (notice) => logger?.debug({ notice: notice.message }, 'the database gave a notice'),
    onclose: () => {
      lost = true;
    },
    ...withSocket(oneSocket(connectTimeoutMs)),
  });
  for (const type of asText) client.options.parsers[type] = unchanged;
  for (const type of asTextWhenSent) client.options.serializers[type] = unchanged;
  const end = async () => {
    // What waits in a client without a connection waits for nothing.
    const timeout = lost ? 0 : 1;
    lost = true;
    await client.end({ timeout });
  };
  return {
    get lost() {
      return lost;
    },
    async query(statement, parameters = [], rows = 'objects', limitMs = silentMs) {
      if (lost) throw new DatabaseUnavailable('the connection to the database was lost');
      // Without, postgres.js asks the server for the parameters' types first, each time: a second round trip.
      const prepare = parameters.length > 0 && parameters.length <= mostPreparedParameters;
      const pending = client.unsafe(statement, parameters as ParameterOrJSON<never>[], { prepare });
      try {
        return await silence.limit(rows === 'arrays' ? pending.values() : pending, limitMs);
      } catch (error) {
        if (!isConnectionError(error)) throw new QueryFailed(statement, error);
        lost = true;
        await end();
        throw new DatabaseUnavailable('the connection to the database was lost', { cause: error });
      }
    },
    end,
  };
}
