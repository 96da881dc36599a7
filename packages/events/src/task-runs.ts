import { backoffMs, type Clock, type Logger, pause } from '@huismeester/clock';
import { describeError } from './dead-letters.ts';
import type { Task, TaskHandler } from './task.ts';
import type { TaskId, TaskStore } from './task-store.ts';

export interface TaskRunsOptions {
  readonly handlers: Readonly<Record<string, TaskHandler>>;
  readonly store: TaskStore;
  /** How many run at once; the others wait in line. */
  readonly concurrency: number;
  readonly logger: Logger | undefined;
  readonly clock: Clock;
  readonly onEnd: () => void;
}

interface Run {
  readonly task: Task;
  readonly abort: AbortController;
  ended: Promise<void>;
  handling: boolean;
}

/** Between the attempts at a task. */
const retry = { firstMs: 250, longestMs: 30_000 };

/** The tasks that run in this process now. */
export class TaskRuns {
  readonly #options: TaskRunsOptions;
  readonly #runs = new Map<string, Run>();
  readonly #closing = new AbortController();
  readonly #line: (() => void)[] = [];
  #active = 0;

  constructor(options: TaskRunsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#runs.size;
  }

  begin(task: Task): void {
    const name = nameOf(task);
    const run: Run = { task, abort: new AbortController(), ended: Promise.resolve(), handling: true };
    // It may run already: when the lease of its enqueuing ends before we hear of the commit, the next claim takes it too.
    const before = this.#runs.get(name)?.ended ?? Promise.resolve();
    this.#runs.set(name, run);
    if (this.#closing.signal.aborted) run.abort.abort(this.#closing.signal.reason);
    run.ended = before
      .then(() => this.#turn(() => this.#run(run)))
      .finally(() => {
        if (this.#runs.get(name) === run) this.#runs.delete(name);
        this.#options.onEnd();
      });
  }

  /** Until its end is recorded, which a run tries for as long as it takes. */
  has(id: TaskId): boolean {
    return this.#runs.has(nameOf(id));
  }

  ids(): TaskId[] {
    return [...this.#runs.values()].map(({ task }) => idOf(task));
  }

  /** Prolongs the leases; aborts the runs of tasks that are not ours any more: the process stood still for too long. */
  async keep(): Promise<void> {
    // The answer says nothing of those that begin while it is on its way.
    const asked = [...this.#runs.values()];
    if (asked.length === 0) return;
    const names = new Set((await this.#options.store.extend(this.ids())).map(nameOf));
    for (const run of asked) {
      if (!run.handling || names.has(nameOf(run.task))) continue;
      this.#options.logger?.warn(idOf(run.task), 'a task was lost to another process');
      run.abort.abort(new Error('the task was lost to another process'));
    }
  }

  /** Aborts all and waits for them. */
  async close(): Promise<void> {
    const reason = new Error('the service closes');
    this.#closing.abort(reason);
    for (const { abort } of this.#runs.values()) abort.abort(reason);
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
  }

  async #turn(work: () => Promise<void>): Promise<void> {
    if (this.#active < this.#options.concurrency) this.#active += 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    try {
      await work();
    } finally {
      // Whoever is first in line takes the place over.
      const next = this.#line.shift();
      if (next) next();
      else this.#active -= 1;
    }
  }

  async #run(run: Run): Promise<void> {
    const record = await this.#handle(run);
    run.handling = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await record();
        return;
      } catch (error) {
        this.#options.logger?.warn({ err: error, ...idOf(run.task) }, 'the end of a task cannot be recorded');
        // Not recorded before the end: it runs once more after the next start.
        if (this.#closing.signal.aborted) return;
        await pause(this.#options.clock, backoffMs(attempt, retry), this.#closing.signal);
      }
    }
  }

  /** Runs the handler; returns how its outcome is recorded. */
  async #handle({ task, abort }: Run): Promise<() => Promise<void>> {
    const { handlers, store, clock, logger } = this.#options;
    const id = idOf(task);
    try {
      abort.signal.throwIfAborted();
      const handler = handlers[task.kind];
      if (!handler) throw new RangeError(`there is no handler for tasks of kind "${task.kind}"`);
      const outcome = await handler(task, abort.signal);
      return outcome ? () => store.again(id, outcome.againAt) : () => store.done(id);
    } catch (error) {
      if (abort.signal.aborted) return () => store.interrupted(id);
      const afterMs = backoffMs(task.attempt, retry);
      logger?.warn({ err: error, ...id, attempt: task.attempt, afterMs }, 'a task failed; it is tried again');
      return () => store.failed(id, new Date(clock.now().getTime() + afterMs), describeError(error));
    }
  }
}

function idOf({ kind, key }: Task): TaskId {
  return { kind, key };
}

function nameOf({ kind, key }: TaskId): string {
  return JSON.stringify([kind, key]);
}
