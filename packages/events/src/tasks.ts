import { type Clock, createLoop, type Logger, systemClock } from '@huismeester/clock';
import { afterCommit, type Database, type Tx } from '@huismeester/database';
import { v7 as uuidv7 } from 'uuid';
import { describeError } from './dead-letters.ts';
import type { EventTables } from './tables.ts';
import type { NewTask, TaskHandler } from './task.ts';
import { TaskRuns } from './task-runs.ts';
import { type TaskQueue, taskStore } from './task-store.ts';

export interface TasksOptions {
  readonly database: Database;
  readonly tables: Pick<EventTables, 'task'>;
  /** By kind. */
  readonly handlers: Readonly<Record<string, TaskHandler>>;
  /** How many run at once; 16. */
  readonly concurrency?: number;
  /**
   * The longest that a task of these kinds is ever put off, in milliseconds: one that would run later than that from now was
   * put off by a clock that has been set back since, and runs at once. Any time may be asked for, if left out.
   */
  readonly longestWaitMs?: number;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

export interface TasksStatus {
  readonly running: number;
  readonly lastError?: string;
}

export interface Tasks {
  /**
   * Adds a task in the caller's transaction. If there is one with the same kind and key, its time is brought forward and its payload
   * replaced; if that one is running, it runs once more after that.
   */
  enqueue(tx: Tx, task: NewTask): Promise<void>;
  start(): void;
  status(): TasksStatus;
  /** Asks the database what waits to be run, and what fails. */
  queue(): Promise<TaskQueue>;
  /** Aborts the runs in progress and waits for them; they run again after the next start. */
  close(): Promise<void>;
}

/** How long a task stays with a process that gives no sign of life; it gives one three times as often. */
const leaseMs = 9_000;
/** A clock that gains or loses more than this between two looks was set. */
const driftMs = 500;
/** Nobody else adds tasks for long: one process acts for a service. */
const lookAnywayMs = 30_000;
const longestMs = 100 * 365 * 24 * 3_600_000;

/**
 * Work that outlives the process: each task runs until its handler resolves, never twice at once. Long, since its functions
 * share what is running and what is due.
 */
export function createTasks(options: TasksOptions): Tasks {
  const { database, tables, handlers, concurrency = 16, logger, clock = systemClock } = options;
  const { longestWaitMs = longestMs } = options;
  const movedBy = watchClock(clock);
  const store = taskStore({
    database,
    tables,
    clock,
    leaseMs,
    owner: uuidv7(),
    kinds: Object.keys(handlers),
  });
  const runs = new TaskRuns({ handlers, store, concurrency, logger, clock, onEnd: () => wake() });
  let lastError: string | undefined;
  let takenBack = false;
  let isSetBack = false;
  let isWoken = false;
  /** Until when, in monotonic ms, nothing is due. */
  let idleUntil = Number.NEGATIVE_INFINITY;
  const wake = () => {
    isWoken = true;
    work.wake();
  };
  const onError = (error: unknown) => {
    lastError = describeError(error);
    logger?.warn({ err: error }, 'tasks cannot be read; it is tried again');
  };

  const work = createLoop({
    // The clock is looked at as often; the database only when something may be due.
    everyMs: 1_000,
    onError,
    clock,
    async pass() {
      const moved = movedBy();
      isSetBack ||= moved < 0;
      if (!isWoken && moved === 0 && clock.monotonicMs() < idleUntil) return idleUntil - clock.monotonicMs();
      isWoken = false;
      idleUntil = Number.NEGATIVE_INFINITY;
      if (!takenBack) await store.clockWasSetBack(longestWaitMs);
      // Only one process at a time can have an embedded database open: whoever held these is gone.
      if (!takenBack && database.kind === 'embedded') await store.takeBack();
      takenBack = true;
      // A handler that is called too early finds nothing to do; one that waits for the clock would wait for hours.
      if (isSetBack) await store.clockWasSetBack(0);
      isSetBack = false;
      const claimed = await store.claim(concurrency - runs.count, runs.ids());
      for (const task of claimed) runs.begin(task);
      lastError = undefined;
      // Its place is free when one of them ends, which wakes us.
      const next = runs.count >= concurrency ? undefined : await store.nextAt(runs.ids());
      const inMs = Math.min(
        lookAnywayMs,
        next === undefined ? lookAnywayMs : next.getTime() - clock.now().getTime(),
      );
      idleUntil = clock.monotonicMs() + inMs;
      return inMs;
    },
  });
  const leases = createLoop({
    everyMs: leaseMs / 3,
    onError,
    clock,
    async pass() {
      await runs.keep();
      return undefined;
    },
  });

  return {
    async enqueue(tx, task) {
      if (!Object.hasOwn(handlers, task.kind)) {
        throw new RangeError(
          `there is no handler for tasks of kind "${task.kind}"; there are: ${Object.keys(handlers).join(', ')}`,
        );
      }
      const runAt = task.runAt ?? clock.now();
      // What is due and has room is held from the start: it runs right after the commit, without being looked for.
      const hasRoom = takenBack && !work.closing && runs.count < concurrency;
      const taken = hasRoom && runAt <= clock.now() && !runs.has(task);
      const ours = await store.enqueue(tx, task, runAt, taken);
      afterCommit(tx, () => (ours ? runs.begin(ours) : wake()), wake);
    },
    start() {
      work.start();
      leases.start();
    },
    status: () => ({
      running: runs.count,
      ...(lastError !== undefined && { lastError }),
    }),
    queue: () => store.queue(),
    async close() {
      await work.close();
      await runs.close();
      await leases.close();
    },
  };
}

/** By how much the civil clock was set since it was last asked that, ms: back if negative, 0 if it was not. */
function watchClock(clock: Clock): () => number {
  const ahead = () => clock.now().getTime() - clock.monotonicMs();
  let before = ahead();
  return () => {
    const now = ahead();
    const moved = now - before;
    before = now;
    return Math.abs(moved) > driftMs ? moved : 0;
  };
}
