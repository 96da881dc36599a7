import type { Act, GuestTask } from '@huismeester/vm-lifecycle/core/guest';
import type { TaskState } from '@huismeester/vm-lifecycle/core/plan';

/** How the next request goes wrong; none of them says what really happened. */
export type Trouble = 'lost' | 'lost-but-done' | 'refused' | 'error';

/** A guest as it really is. */
export interface RealGuest {
  readonly vm: string;
  node: string;
  running: boolean;
  readonly shutdownMs: number;
  /** It lost its power while it ran. */
  crashed: boolean;
}

interface RealTask {
  readonly upid: string;
  readonly vm: string;
  readonly act: Act;
  /** By the civil clock, ms since 1970. */
  readonly startedAt: number;
  /** In the story's time, ms. */
  readonly endsAt: number;
  exit?: string;
}

export type Answer =
  | { readonly upid: string }
  | { readonly message: string; readonly mayHaveArrived: boolean; readonly answered: boolean };

const startMs = 5_000;
const lockMs = 10_000;
const types: Record<Act, string> = { shutdown: 'qmshutdown', start: 'qmstart', stop: 'qmstop' };

/** The token's user, as its tasks show it. */
export const token = 'huismeester@pve!operate';

/** Proxmox as far as a story needs it: tasks that take their time, a config lock, and answers that get lost. */
export class Proxmox {
  readonly guests = new Map<string, RealGuest>();
  readonly tasks: RealTask[] = [];
  troubles: Trouble[] = [];
  unreachableUntil = 0;
  /** How far the civil clock, by which it dates its tasks, is ahead of the story's time, ms. */
  clockAhead = 0;
  #now = 0;

  reachable(): boolean {
    return this.#now >= this.unreachableUntil;
  }

  ask(vm: string, act: Act): Answer {
    if (!this.reachable()) return { message: 'connection refused', mayHaveArrived: false, answered: false };
    const trouble = this.troubles.shift();
    const lost = { message: 'no answer', mayHaveArrived: true, answered: false };
    if (trouble === 'lost') return lost;
    if (trouble === 'refused') {
      return { message: 'got lock request timeout', mayHaveArrived: false, answered: true };
    }
    if (trouble === 'error') {
      return { message: "storage 'nas' is not online", mayHaveArrived: false, answered: true };
    }
    const upid = this.#begin(vm, act);
    return trouble === 'lost-but-done' ? lost : { upid };
  }

  #begin(vm: string, act: Act): string {
    const now = this.#now;
    const guest = this.guests.get(vm);
    const upid = `UPID:${this.tasks.length}`;
    const busy = this.tasks.some((task) => task.vm === vm && task.exit === undefined);
    const takes = busy ? lockMs : act === 'start' ? startMs : (guest?.shutdownMs ?? 0);
    const task: RealTask = { upid, vm, act, startedAt: now + this.clockAhead, endsAt: now + takes };
    this.tasks.push(busy ? { ...task, exit: "can't lock file - got timeout" } : task);
    return upid;
  }

  /** When the next task ends. */
  nextEnd(): number {
    return Math.min(...this.tasks.filter(({ exit }) => exit === undefined).map(({ endsAt }) => endsAt));
  }

  advance(now: number): void {
    this.#now = now;
    for (const task of this.tasks) {
      if (task.exit !== undefined || task.endsAt > now) continue;
      const guest = this.guests.get(task.vm);
      task.exit = 'OK';
      if (guest) guest.running = task.act === 'start';
    }
  }

  /** The power is gone: what runs falls over, and tasks leave no trace. */
  dark(): void {
    for (const guest of this.guests.values()) {
      if (!guest.running) continue;
      guest.running = false;
      guest.crashed = true;
    }
    for (const task of this.tasks) task.exit ??= 'unexpected status';
  }

  tasksOf(vm: string): GuestTask[] {
    return this.tasks
      .filter((task) => task.vm === vm)
      .map(({ upid, act, startedAt, exit }) => ({
        upid,
        type: types[act],
        user: token,
        startedAt: new Date(startedAt),
        running: exit === undefined,
        ok: exit === 'OK',
      }));
  }

  taskState(upid: string): TaskState {
    const task = this.tasks.find((each) => each.upid === upid);
    if (!task) return { state: 'gone' };
    if (task.exit === undefined) return { state: 'running' };
    return { state: 'ended', ok: task.exit === 'OK', exit: task.exit };
  }
}
