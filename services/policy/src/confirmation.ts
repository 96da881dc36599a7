import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@huismeester/database';
import type { Clock, ServiceContext } from '@huismeester/service';
import { awaitsWord, patienceMs } from './core/confirm.ts';
import { loadModel } from './store.ts';

const lookEveryMs = 100;

type Logger = ServiceContext['logger'];

/**
 * Waits, with patience, until each UPS on which something hangs was heard of since the start: what it said before that may
 * be hours old, and nothing is to follow from it before it is confirmed. Rejects when the signal ends it, and for no other
 * reason: while the database does not answer nothing is confirmed, and after that patience whoever evaluates tells of it.
 */
export async function wordOfEach(deps: {
  database: Database;
  clock: Clock;
  startedAt: number;
  signal: AbortSignal;
  logger: Logger;
}): Promise<void> {
  const { database, clock, startedAt, signal, logger } = deps;
  let isNews = true;
  const awaited = async (): Promise<boolean> => {
    try {
      return awaitsWord(await loadModel(database.orm), startedAt);
    } catch (error) {
      if (isNews) logger.warn({ err: error }, 'what the UPSes said cannot be read; looking again');
      isNews = false;
      return true;
    }
  };
  const until = clock.monotonicMs() + patienceMs;
  while (clock.monotonicMs() < until && (await awaited())) {
    await sleep(lookEveryMs, undefined, { signal });
  }
  signal.throwIfAborted();
}
