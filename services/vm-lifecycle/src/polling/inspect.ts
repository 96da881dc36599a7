import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import { answerOf } from '../adapters/call.ts';
import { project } from '../adapters/projection.ts';
import { isAtWork, readGuests, readKnown } from '../adapters/store.ts';
import type { Guest } from '../core/guest.ts';
import { inspected } from '../core/inspect.ts';
import type { FailureOf } from '../ports.ts';
import { createLoop } from './loop.ts';
import type { Poller } from './poller.ts';

export interface InspectorOptions {
  readonly poller: Pick<Poller, 'hypervisor' | 'view'>;
  readonly prefix: string;
  readonly failureOf: FailureOf;
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** How often a guest is read again, in milliseconds (default 10 min). */
  readonly everyMs?: number;
}

export interface Inspector {
  start(): void;
  close(): Promise<void>;
}

const roundEveryMs = 2_000;
const afterFailureMs = 60_000;

/**
 * Reads the configuration of each guest of a hypervisor: soon after it was found, and slowly ever after. One at a time,
 * and none while anything is being done to any of them: in a power cut the hypervisor has better things to do.
 */
export function createInspector(options: InspectorOptions): Inspector {
  const { poller, prefix, database, log, clock, logger, everyMs = 600_000 } = options;
  const { hypervisor, view } = poller;
  /** When each guest that was read is to be read again, by our monotonic clock. */
  let due = new Map<string, number>();
  let open = true;
  const loop = createLoop(roundEveryMs, round, (error) =>
    logger.error({ err: error, hypervisor: hypervisor.id }, 'configurations could not be read'),
  );

  async function round(): Promise<void> {
    const { guests } = await readKnown(database.orm, hypervisor.id, prefix);
    // One that was unlisted and is found again is a new one.
    due = new Map(guests.flatMap(({ id }) => (due.has(id) ? [[id, due.get(id) ?? 0]] : [])));
    for (const guest of guests) {
      if ((due.get(guest.id) ?? 0) > performance.now()) continue;
      if (!open || (await isAtWork(database.orm, hypervisor.id, clock.now()))) return;
      if (view(guest).blind === undefined) await read(guest);
    }
  }

  async function read(guest: Guest): Promise<void> {
    const traits = await answerOf(options.failureOf, async () => {
      const config = await hypervisor.guestConfig(guest);
      const { ha } = await hypervisor.guestNow(guest);
      return { ...config, ha };
    });
    const bad = 'code' in traits;
    due.set(guest.id, performance.now() + (bad ? afterFailureMs : everyMs));
    if (bad) {
      logger.debug({ vm: guest.id, code: traits.code }, 'a configuration could not be read yet');
      return;
    }
    await database.transaction(async (tx) => {
      const [record] = await readGuests(tx, guest.id);
      const news = record && inspected(record.guest, traits);
      if (news === undefined) return;
      await project(tx, news, clock.now());
      await log.append(tx, [news]);
    });
  }

  return {
    start: loop.start,
    async close() {
      open = false;
      await loop.close();
    },
  };
}
