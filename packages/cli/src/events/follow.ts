import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { CannotReach, Refused } from '../errors.ts';
import { type Cursor, type EventFilter, mergeByTime, type Reading, readNewest, readOn } from './read.ts';

export interface FollowOptions {
  readonly api: Api;
  readonly filter: EventFilter;
  /** How far each log was read. */
  readonly cursors: readonly Cursor[];
  readonly show: (events: readonly StoredEvent[]) => void;
  /** Reports that Huismeester is away, or back. */
  readonly note: (text: string) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}

/** How much of a log is shown that took the place of another. */
const firstSight = 50;

/**
 * Shows events as they come, until the signal. A Huismeester that is away is waited for: the cursors are kept, so
 * nothing is missed and nothing shown twice. A log that was replaced is read from its newest events on.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const { api, show, note, signal, everyMs = 500 } = options;
  let cursors = options.cursors;
  let away = false;
  while (!signal.aborted) {
    try {
      const readings = await Promise.all(cursors.map((cursor) => next(options, cursor)));
      if (away) note(`${api.place} answers again`);
      away = false;
      cursors = readings.map(({ cursor }) => cursor);
      show(mergeByTime(readings.map(({ events }) => events)));
      if (readings.some(({ more }) => more)) continue;
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!away) note(`${api.place} does not answer: waiting for it`);
      away = true;
    }
    await pause(everyMs, signal);
  }
}

async function next({ api, filter, note }: FollowOptions, cursor: Cursor): Promise<Reading> {
  try {
    return await readOn(api, cursor, filter);
  } catch (error) {
    const replaced = error instanceof Refused && ['wrong-epoch', 'position-gone'].includes(error.code);
    if (!replaced) throw error;
    note(`the log of ${cursor.service} was replaced by another`);
    return readNewest(api, cursor.service, filter, firstSight);
  }
}

/** Nobody answers, or somebody who is just starting or stopping. */
export function isAway(error: unknown): boolean {
  return error instanceof CannotReach || (error instanceof Refused && error.problem.status >= 500);
}

/** Waits, and no longer than until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
