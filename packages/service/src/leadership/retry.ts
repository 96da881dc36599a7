import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@huismeester/clock';
import { isTransient, QueryFailed } from '@huismeester/database';
import type { Logger } from 'pino';
import type { Waiting } from '../listeners/not-ready.ts';
import { reasonOf } from '../process/reason.ts';

/** Another process on this database leads one of our services; `leader` says which, for people. */
export class StandingBy extends Error {
  override readonly name = 'StandingBy';
  readonly code = 'standby';
  readonly leader: string;

  constructor(leader: string) {
    super(`${leader} leads`);
    this.leader = leader;
  }
}

/** Tries again what fails for a while only: a database that is not there, or a service that another process leads. */
export interface Retry {
  /** What is being waited for. */
  waiting(): Waiting;
  /** The work's result, however long that takes; throws a failure that is not retryable. Never settles once closed. */
  untilDone<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

const pauses = { firstMs: 250, longestMs: 2_000 };

const starting: Waiting = {
  code: 'starting',
  part: 'start',
  title: 'Huismeester is starting',
  detail: 'it takes a moment; ask again',
};

export function createRetry(logger: Logger): Retry {
  const closing = new AbortController();
  let waiting = starting;

  const wait = (next: Waiting) => {
    // Once for each reason: it may take days.
    if (next.detail !== waiting.detail) logger.warn({ reason: next.detail }, next.title);
    waiting = next;
  };

  return {
    waiting: () => waiting,
    async untilDone(work) {
      for (let failures = 1; ; failures += 1) {
        try {
          const result = await work();
          waiting = starting;
          return result;
        } catch (error) {
          if (closing.signal.aborted) return await new Promise<never>(() => {});
          const next = waitingFor(error);
          if (next === undefined) throw error;
          wait(next);
        }
        const pauseMs = backoffMs(failures, pauses);
        await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => new Promise<never>(() => {}));
      }
    },
    close: () => closing.abort(),
  };
}

/** What to wait for after such a failure; undefined when waiting does not help. */
function waitingFor(error: unknown): Waiting | undefined {
  if (error instanceof StandingBy) {
    return {
      code: 'standby',
      part: 'standby',
      title: 'Standing by: another process does this',
      detail: `${error.leader} does it; this process takes over when that one ends. Ask that one, or end this one`,
    };
  }
  if (!isTransient(error)) return undefined;
  // Without the statement, which is nothing to show to anyone.
  const reason = reasonOf(error instanceof QueryFailed ? error.cause : error);
  return {
    code: 'waiting-for-database',
    part: 'database',
    title: 'Waiting for the database',
    detail: `${reason}. Start it, or correct database.url; this process goes on by itself when it is there`,
  };
}
