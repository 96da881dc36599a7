import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@huismeester/database';
import type { Clock } from '@huismeester/service';
import { awaitsWord, patienceMs } from './core/confirm.ts';
import { loadModel } from './store.ts';

const lookEveryMs = 100;

/**
 * Waits, with patience, until each UPS on which something hangs was heard of since the start: what it said before that may
 * be hours old, and nothing is to follow from it before it is confirmed. Rejects when the signal ends it.
 */
export async function wordOfEach(deps: {
  database: Database;
  clock: Clock;
  startedAt: number;
  signal: AbortSignal;
}): Promise<void> {
  const { database, clock, startedAt, signal } = deps;
  const until = clock.monotonicMs() + patienceMs;
  while (clock.monotonicMs() < until && awaitsWord(await loadModel(database.orm), startedAt)) {
    await sleep(lookEveryMs, undefined, { signal });
  }
  signal.throwIfAborted();
}
