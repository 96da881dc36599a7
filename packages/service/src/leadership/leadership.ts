import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Clock, createLoop } from '@huismeester/clock';
import type { ServiceName } from '@huismeester/contracts';
import { isTransient, type ServerLock, takeServerLock } from '@huismeester/database';
import type { Logger } from 'pino';

/** The right of one process to act as some services: on one database each service has one leader. */
export interface Leadership {
  /** Whether the database confirmed it a moment ago; while it did not, nothing may be written. */
  held(): boolean;
  /** Resolves with why when it is lost for good, and all that is known of the database may be wrong. */
  readonly lost: Promise<string>;
  /** Gives it up. */
  close(): Promise<void>;
}

export interface LeadershipOptions {
  readonly url: string;
  readonly services: readonly ServiceName[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Shorter than the server takes to drop the connection of a machine that vanished: until then no other process leads. */
const believedMs = 8_000;
const confirmEveryMs = 2_000;
const noticeLossMs = 100;

/** Names the database that answers: a restored one, or another one, has another name or another holder. */
const confirm = `
  select count(*) filter (where holder = $2)::int as led,
    concat_ws('/', (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
      (select oid from pg_database where datname = current_database()), 'access.seat'::regclass::oid) as place
  from access.seat where service in (select jsonb_array_elements_text($1))`;

const writeDown = `
  insert into access.seat (service, holder, process, since)
  select service, $2, $3, now() from jsonb_array_elements_text($1) as service
  on conflict (service) do update set holder = excluded.holder, process = excluded.process, since = excluded.since`;

/**
 * Takes the leadership of all these services, or none: then undefined, since another process leads one of them.
 * PostgreSQL gives it up with the process or its machine. Throws a DatabaseUnavailable.
 */
export async function takeLeadership(options: LeadershipOptions): Promise<Leadership | undefined> {
  const lock = await takeLock(options);
  if (!lock) return undefined;
  const holder = randomUUID();
  const names = JSON.stringify(options.services);
  try {
    await lock.query(writeDown, [names, holder, `process ${process.pid} on ${hostname()}`]);
    const { place } = await confirmed(lock, names, holder);
    return keep(lock, { ...options, names, holder, place });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function takeLock({ url, services, logger }: LeadershipOptions): Promise<ServerLock | undefined> {
  const names = services.map((service) => `${lockPrefix}${service}`);
  return takeServerLock(url, names, logger);
}

/** With the name of a service behind it, the name of the lock that makes a process the service's leader. */
export const lockPrefix = 'huismeester/';

interface Held extends LeadershipOptions {
  readonly names: string;
  readonly holder: string;
  readonly place: string;
}

async function confirmed(lock: ServerLock, names: string, holder: string) {
  const [found] = await lock.query<{ led: number; place: string }>(confirm, [names, holder]);
  return found ?? { led: 0, place: '' };
}

/** Confirms again and again that we still lead, and takes the lock again when PostgreSQL was away. */
function keep(first: ServerLock, options: Held): Leadership {
  const { clock, logger, services, names, holder, place } = options;
  const lost = Promise.withResolvers<string>();
  let lock = first;
  let confirmedAt = clock.monotonicMs();
  let isLost = false;

  const look = async (): Promise<string | undefined> => {
    if (lock.lost) {
      const again = await takeLock(options);
      if (!again) return 'another process has taken over';
      // Another one may have led in between: until that is known nothing may be written.
      confirmedAt = Number.NEGATIVE_INFINITY;
      lock = again;
    }
    const asked = clock.monotonicMs();
    const found = await confirmed(lock, names, holder);
    if (found.place !== place) return 'the database is another one, or was restored';
    if (found.led !== services.length) return 'another process had taken over, or the database was restored';
    confirmedAt = asked;
    return undefined;
  };

  const loop = createLoop({
    everyMs: noticeLossMs,
    clock,
    pass: async () => {
      if (isLost || (!lock.lost && clock.monotonicMs() - confirmedAt < confirmEveryMs)) return undefined;
      const why = await look().catch((error: unknown) => {
        if (!isTransient(error))
          return `the database does not say any more which process leads: ${String(error)}`;
        logger.debug({ err: error }, 'leadership not confirmed; looking again');
        return undefined;
      });
      if (why === undefined || loop.closing) return undefined;
      isLost = true;
      lost.resolve(why);
      return undefined;
    },
    onError: (error) => logger.error({ err: error }, 'leadership not looked at; looking again'),
  });
  loop.start();

  return {
    held: () => !isLost && !lock.lost && clock.monotonicMs() - confirmedAt < believedMs,
    lost: lost.promise,
    async close() {
      const closed = loop.close();
      // Ends a question that has no answer.
      await lock.release();
      await closed;
      await lock.release();
    },
  };
}
