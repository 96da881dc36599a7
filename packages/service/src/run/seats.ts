import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@huismeester/contracts';
import { isTransient, type ServerLock, takeServerLock } from '@huismeester/database';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** The right of one process to act as some services: on one database a service has one seat. */
export interface Seats {
  /** Whether the database confirmed it a moment ago; while it did not, nothing may be written. */
  held(): boolean;
  /** Resolves with why when the seats are lost for good, and all that is known of the database may be wrong. */
  readonly over: Promise<string>;
  /** Gives them up. */
  close(): Promise<void>;
}

export interface SeatOptions {
  readonly url: string;
  readonly services: readonly ServiceName[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Shorter than the server takes to drop the connection of a machine that vanished: until then nobody else has the seat. */
const believedMs = 8_000;
const lookEveryMs = 1_000;
const noticeLossMs = 100;

/** Names the database that answers: a restored one, or another one, has another name or another holder. */
const confirm = `
  select count(*) filter (where holder = $2)::int as seats,
    concat_ws('/', (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
      (select oid from pg_database where datname = current_database()), 'access.seat'::regclass::oid) as place
  from access.seat where service in (select jsonb_array_elements_text($1))`;

const sitDown = `
  insert into access.seat (service, holder, process, since)
  select service, $2, $3, now() from jsonb_array_elements_text($1) as service
  on conflict (service) do update set holder = excluded.holder, process = excluded.process, since = excluded.since`;

/**
 * Takes the seats of all these services, or none: then undefined, since another process has one of them. PostgreSQL gives
 * them up with the process or its machine. Throws a DatabaseUnavailable.
 */
export async function takeSeats(options: SeatOptions): Promise<Seats | undefined> {
  const lock = await takeLock(options);
  if (!lock) return undefined;
  const holder = randomUUID();
  const names = JSON.stringify(options.services);
  try {
    await lock.query(sitDown, [names, holder, `process ${process.pid} on ${hostname()}`]);
    const { place } = await confirmed(lock, names, holder);
    return hold(lock, { ...options, names, holder, place });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function takeLock({ url, services, logger }: SeatOptions): Promise<ServerLock | undefined> {
  return takeServerLock(
    url,
    services.map((service) => `${lockPrefix}${service}`),
    logger,
  );
}

/** With the name of a service behind it, the name of the lock that goes with the service's seat. */
export const lockPrefix = 'huismeester/';

interface Held extends SeatOptions {
  readonly names: string;
  readonly holder: string;
  readonly place: string;
}

async function confirmed(lock: ServerLock, names: string, holder: string) {
  const [found] = await lock.query<{ seats: number; place: string }>(confirm, [names, holder]);
  return found ?? { seats: 0, place: '' };
}

/** Looks again and again whether the seats are still ours, and takes them again when PostgreSQL was away. */
function hold(first: ServerLock, options: Held): Seats {
  const { clock, logger, services, names, holder, place } = options;
  const over = Promise.withResolvers<string>();
  const closing = new AbortController();
  let lock = first;
  let confirmedAt = clock.monotonicMs();
  let isOver = false;

  const look = async (): Promise<string | undefined> => {
    if (lock.lost) {
      const again = await takeLock(options);
      if (!again) return 'another process has taken over';
      // Somebody else may have had them in between: until that is known nothing may be written.
      confirmedAt = Number.NEGATIVE_INFINITY;
      lock = again;
    }
    const asked = clock.monotonicMs();
    const found = await confirmed(lock, names, holder);
    if (found.place !== place) return 'the database is another one, or was restored';
    if (found.seats !== services.length)
      return 'another process had taken over, or the database was restored';
    confirmedAt = asked;
    return undefined;
  };

  const keep = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await sleep(noticeLossMs, undefined, { signal: closing.signal });
      if (!lock.lost && clock.monotonicMs() - confirmedAt < lookEveryMs) continue;
      const why = await look().catch((error: unknown) => {
        if (!isTransient(error))
          return `the database does not tell any more whose turn it is: ${String(error)}`;
        logger.debug({ err: error }, 'seats not confirmed; looking again');
        return undefined;
      });
      if (why === undefined) continue;
      isOver = true;
      over.resolve(why);
      return;
    }
  };
  const keeping = keep().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });

  return {
    held: () => !isOver && !lock.lost && clock.monotonicMs() - confirmedAt < believedMs,
    over: over.promise,
    async close() {
      closing.abort();
      // Ends a question that has no answer.
      await lock.release();
      await keeping;
      await lock.release();
    },
  };
}
