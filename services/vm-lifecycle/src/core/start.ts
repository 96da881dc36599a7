import { type Attribution, askedFor, type ForPerson } from './attribution.ts';
import type { GuestTask } from './guest.ts';

/** How a lease begins; see the event `lease.started`. */
export type How = 'started' | 'seen' | 'adopted';

/** A guest that runs, and did not, or was not known. */
export interface Start {
  /** Who or what made it run; undefined when its stop was not seen, only that its process is a new one. */
  readonly by: Attribution | undefined;
  /** The guest's own tasks since before that, of all nodes that it was on. */
  readonly tasks: readonly GuestTask[];
  /** What people asked for through us. */
  readonly forPeople: readonly ForPerson[];
  /** The user of our token's tasks. */
  readonly token: string;
}

const root = 'root@pam';
const starts = /^(qm|vz|ha)start$/;
const downs = /^((qm|vz)(shutdown|stop|suspend)|hastop)$/;
/** What starts a guest as a part of itself: no start of a person's. */
const around = /^((q|vz|ha)migrate|(qm|vz)(rollback|restore|reboot|clone)|vzdump|startall)$/;

/**
 * Whether a guest that runs began a new lease by that (PART-4), and how; undefined: it did not, and its lease, if it has one, goes on as it
 * was. A person's start is one, in Proxmox or through us, of a guest that was off. One within a migration, a rollback, a
 * restore or a backup is not, nor what a node, HA or we ourselves start, nor a reboot, reset or resume. A start without any trace is one
 * from when it was seen.
 */
export function startOf(start: Start): 'started' | 'seen' | undefined {
  return begunBy(start)?.how;
}

/** As {@link startOf}, with when the newest of those starts began, by the clock of its node. */
export function begunBy(start: Start): { how: 'started'; at: Date } | { how: 'seen' } | undefined {
  const { by, tasks } = start;
  // A decision's: what a power cut, or an outage, took off is put back.
  if (by?.request !== undefined) return undefined;
  // A backup or a reboot after a person's start undoes nothing of it.
  const own = tasks.filter((task) => !tasks.some((other) => holds(other, task)));
  const last = Math.max(...own.filter(isDown).map(({ startedAt }) => +startedAt), Number.NEGATIVE_INFINITY);
  const begun = own.filter(
    ({ type, ok, running, startedAt }) => starts.test(type) && (ok || running) && startedAt.getTime() >= last,
  );
  const times = begun.flatMap((task) => (isPersons(task, start) ? [task.startedAt.getTime()] : []));
  if (times.length > 0) return { how: 'started', at: new Date(Math.max(...times)) };
  return by?.cause === 'unknown' ? { how: 'seen' } : undefined;
}

function isDown({ type, ok }: GuestTask): boolean {
  return ok && downs.test(type);
}

/** Whether a task began while another was at work that starts guests itself. Proxmox counts whole seconds. */
function holds(other: GuestTask, { startedAt, user }: GuestTask): boolean {
  if (!around.test(other.type) || other.startedAt > startedAt) return false;
  // A node that boots starts its guests for minutes, in root's name, and locks none: what others start meanwhile they start themselves.
  if (other.type === 'startall' && user !== root) return false;
  return other.running || other.endedAt === undefined || other.endedAt >= startedAt;
}

function isPersons(task: GuestTask, { by, forPeople, token }: Start): boolean {
  if (askedFor(task, { forPeople, token })) return true;
  if (task.user === token) return false;
  // ha-manager, migrations, backups of several guests and reboots start guests in root's name; HA is only asked by people.
  if (task.user !== root || task.type === 'hastart') return true;
  return by?.cause === 'person' && by.task?.upid === task.upid;
}
