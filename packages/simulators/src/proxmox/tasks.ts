import type { Clock } from './clock.ts';
import { encodeUpid, type UpidParts } from './upid.ts';

export interface Task extends UpidParts {
  readonly upid: string;
  readonly log: string[];
  /** Seconds since 1970; absent while it runs. */
  endtime?: number;
  /** `OK`, `WARNINGS: n` or the error; absent while it runs. */
  exitstatus?: string;
}

/** What the code of a task may do. It fails by throwing: the message is the task's exit status. */
export interface Worker {
  log(line: string): void;
  warn(line: string): void;
  /** Waits simulated seconds; throws when the task is stopped. */
  sleep(seconds: number): Promise<void>;
}

export interface Tasks {
  /** Starts a worker and returns its UPID at once, like PVE's fork_worker. */
  fork(node: string, type: string, id: string, user: string, work: (worker: Worker) => Promise<void>): Task;
  /** Newest first. */
  list(): Task[];
  find(upid: string): Task | undefined;
  /** Kills a running worker. */
  stop(task: Task): void;
  /** The node lost power: its workers are gone and never wrote how they ended. */
  loseNode(node: string): void;
  /** Resolves when the task has ended. */
  ended(task: Task): Promise<void>;
  close(): Promise<void>;
}

/** Time as the workers have it. */
interface TaskClock extends Pick<Clock, 'sleep'> {
  /** Milliseconds since 1970, by the clock of a node. */
  now(node: string): number;
}

interface Running {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

function end(task: Task, clock: TaskClock, exitstatus: string, lastLine: string): void {
  if (task.endtime !== undefined) return;
  task.endtime = Math.floor(clock.now(task.node) / 1000);
  task.exitstatus = exitstatus;
  if (lastLine !== '') task.log.push(lastLine);
}

async function run(
  task: Task,
  clock: TaskClock,
  signal: AbortSignal,
  work: (worker: Worker) => Promise<void>,
): Promise<void> {
  let warnings = 0;
  const worker: Worker = {
    log: (line) => task.log.push(line),
    warn: (line) => {
      warnings += 1;
      task.log.push(`WARN: ${line}`);
    },
    sleep: (seconds) => clock.sleep(seconds, signal),
  };
  try {
    await work(worker);
    const status = warnings > 0 ? `WARNINGS: ${warnings}` : 'OK';
    end(task, clock, status, `TASK ${status}`);
  } catch (error) {
    const said = error instanceof Error ? error.message.trim() : String(error);
    const reason = signal.aborted ? 'received interrupt' : said;
    end(task, clock, reason, `TASK ERROR: ${reason}`);
  }
}

export function createTasks(clock: TaskClock): Tasks {
  const all: Task[] = [];
  const running = new Map<string, Running>();
  let pid = 1000 + (process.pid % 1000);

  function fork(node: string, type: string, id: string, user: string, work: (w: Worker) => Promise<void>) {
    const now = clock.now(node);
    pid += 1;
    const parts = { node, pid, pstart: Math.floor(now / 10) % 2 ** 32, starttime: Math.floor(now / 1000) };
    const full = { ...parts, type, id, user };
    const task: Task = { ...full, upid: encodeUpid(full), log: [] };
    all.unshift(task);
    const controller = new AbortController();
    const done = run(task, clock, controller.signal, work).then(() => {
      running.delete(task.upid);
    });
    running.set(task.upid, { controller, done });
    return task;
  }

  return {
    fork,
    list: () => all,
    find: (upid) => all.find((task) => task.upid === upid),
    stop: (task) => running.get(task.upid)?.controller.abort(),
    loseNode(node) {
      for (const task of all.filter((one) => one.node === node)) {
        end(task, clock, 'unexpected status', '');
        running.get(task.upid)?.controller.abort();
      }
    },
    ended: async (task) => running.get(task.upid)?.done,
    async close() {
      for (const one of running.values()) one.controller.abort();
      await Promise.all([...running.values()].map((one) => one.done));
    },
  };
}
