import { setTimeout as wait } from 'node:timers/promises';
import type { SpaceSettings } from '@huismeester/contracts';
import { type Database, DatabaseUnavailable, openDatabase } from '@huismeester/database';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { reasonOf } from './reason.ts';

/**
 * Opens the database, which may come up later than we do: says so, tries again for `waitMs`, then throws the last
 * DatabaseUnavailable. Every other error, such as DatabaseLocked or DatabaseRefused, is thrown at once.
 */
export async function openWhenThere(
  settings: SpaceSettings['database'],
  options: { logger: Logger; clock: Clock; waitMs: number },
): Promise<Database> {
  const { logger, clock, waitMs } = options;
  const until = clock.monotonicMs() + waitMs;
  for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await openDatabase(settings, { logger });
    } catch (error) {
      const left = Math.round(until - clock.monotonicMs());
      if (!(error instanceof DatabaseUnavailable) || left <= 0) throw error;
      logger.warn({ reason: reasonOf(error), givingUpInMs: left }, 'database not there; waiting for it');
      await wait(Math.min(pause, left));
    }
  }
}
