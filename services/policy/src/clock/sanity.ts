import type { Database } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { actor } from '../desired/events.ts';
import type { Stored } from '../desired/store.ts';
import { theClock } from '../facts/clock.ts';
import { clockStore } from '../facts/store.ts';
import { clockFinding } from './finding.ts';

/** Watches whether the civil clock may be believed. */
export interface Sanity {
  /** Whether it was found out now that it may not, and logged: then what was loaded is out of date. */
  jumped(stored: Pick<Stored, 'facts' | 'newestAt'>, now: Date): Promise<boolean>;
}

/** Compares the civil clock with the monotonic one since the look before, and with the newest event of the log. */
export function createSanity({
  clock,
  database,
  log,
}: {
  readonly clock: Clock;
  readonly database: Database;
  readonly log: EventLog;
}): Sanity {
  const offsetOf = (now: Date): number => now.getTime() - clock.monotonicMs();
  let offset = offsetOf(clock.now());
  return {
    async jumped({ facts, newestAt }, now) {
      const expected = clock.monotonicMs() + offset;
      const present = offsetOf(now);
      const known = facts.clock.get(theClock) ?? {};
      const finding = clockFinding(now.getTime(), expected, newestAt);
      if (!finding || known.insane) {
        offset = present;
        return false;
      }
      await database.transaction(async (tx) => {
        await clockStore.save(tx, theClock, {
          ...known,
          insane: { since: now.getTime(), why: finding.why },
        });
        await log.append(tx, [newEvent('clock.jumped', `clock/${theClock}`, finding, { actor })]);
      });
      // Not before that is written down: where it could not be, the next look finds it again.
      offset = present;
      return true;
    },
  };
}
