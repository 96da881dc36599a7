import type { Cause, GuestNow, GuestTask, Power } from './guest.ts';
import { lockedBy, outcomeOf } from './guest.ts';
import type { Request } from './request.ts';
import { sinceMs } from './retry.ts';

/** What Proxmox calls the tasks by which a guest comes up, or goes down; several do both. */
const starting = /^(qm|vz)(start|resume|reboot|rollback|restore)$|^hastart$/;
const stopping = /^(qm|vz)(shutdown|stop|reboot|suspend|rollback)$|^hastop$/;
/** In the midst of these a guest is off for a moment, and that is no stop. */
const restarting = /^(qm|vz)(reboot|rollback|restore)$/;
/** What, once it ended well, has brought a guest up, or down; HA's tasks only queue that. */
const brought = { running: /^(qm|vz)(start|resume)$/, stopped: /^(qm|vz)(shutdown|stop|suspend)$/ } as const;
const bootTasks = { running: 'startall', stopped: 'stopall' } as const;

const root = 'root@pam';
const nodeBootMs = 10 * 60_000;
/** The task by which a node starts its guests as it boots, or shuts them down, is as old as that at most. */
export const bootTasksMs = 15 * 60_000;
const lateShutdownMs = 10 * 60_000;
/** We notice a change late, and a node's clock may stand this far from ours. */
const beforeChangeMs = 5 * 60_000;
const beforeChangeHiddenMs = 30_000;

/** Our newest request for the guest, as far as it bears on why its power changed. */
export type OwnRequest = Pick<Request, 'act' | 'decision' | 'correlation' | 'phase' | 'upid' | 'intendedAt'>;

export interface Change {
  readonly to: Power;
  readonly now: Date;
  readonly seen: GuestNow;
  /** The guest's own tasks from {@link tasksFrom} on, and the node's `startall` and `stopall`. */
  readonly tasks: readonly GuestTask[];
  readonly request?: OwnRequest | undefined;
  /** The user of our token's tasks. */
  readonly token: string;
  /** When our newest event of it starting, stopping or being found was. */
  readonly changedAt: Date;
  /** When the guest's node came back after it was offline. */
  readonly nodeSince?: Date | undefined;
  /** When its hypervisor's API answered again: with a single node that may have been off, or only its API. */
  readonly reachedSince?: Date | undefined;
  /** Only our own tasks are shown to us: there may be others. */
  readonly tasksHidden?: boolean;
  /** What people asked for through us. */
  readonly forPeople?: readonly ForPerson[];
}

/** A task of ours that a person asked for, and who did, as the log names them. */
export interface ForPerson {
  /** Undefined while it is not known which task it became. */
  readonly upid?: string | undefined;
  readonly by: string;
}

/** Who asked for a task through us; undefined for what is a person's own, or what was decided. */
export function askedFor(
  { upid: of, user }: GuestTask,
  {
    forPeople = [],
    token,
  }: { readonly forPeople?: readonly ForPerson[] | undefined; readonly token: string },
): ForPerson | undefined {
  return forPeople.find(({ upid }) => upid === of || (upid === undefined && user === token));
}

/** Who or what changed a guest's power; `actor` is as the log names it, `request` ours that led to it. */
export interface Attribution {
  readonly cause: Cause;
  readonly actor?: string;
  readonly request?: OwnRequest;
  /** The task that shows it, if one does. */
  readonly task?: GuestTask;
}

/**
 * From when on a guest's tasks may explain a change: a little before its last one, which lies ahead when our clock
 * went back since. What that one came of is among them, and known by what came after it; where tasks of others are hidden,
 * it cannot be, and so little more is looked at than how late we notice.
 */
export function tasksFrom(changedAt: Date, now: Date, tasksHidden: boolean): Date {
  const margin = tasksHidden ? beforeChangeHiddenMs : beforeChangeMs;
  return new Date(Math.min(changedAt.getTime(), now.getTime()) - margin);
}

/**
 * Who or what made a guest start or stop. Undefined while that is not known yet: what was suspected is not so, or a
 * lock, a reboot or a backup (which starts a stopped QEMU guest in `prelaunch`) is at work and may well undo it.
 */
export function attribute(change: Change): Attribution | undefined {
  const { to, seen, request } = change;
  if (seen.status !== to || lockedBy(seen) !== undefined || (to === 'running' && seen.paused))
    return undefined;
  if (change.tasks.some((task) => task.running && restarting.test(task.type))) return undefined;
  if (to === 'stopped' && comingUp(change.tasks)) return undefined;
  const tasks = sinceTheOther(change);
  const kinds = to === 'running' ? starting : stopping;
  const newestFirst = tasks.toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  const task = newestFirst.find(({ type, ok, running }) => kinds.test(type) && (ok || running));
  if (request && isOurs(change, request, task)) return { ...byRequest(request), ...(task && { task }) };
  return task ? { ...byTask({ ...change, tasks }, task), task } : byNobody(change);
}

/** By a request of ours. */
export function byRequest(request: OwnRequest): Attribution {
  return { cause: 'huismeester', actor: 'service:vm-lifecycle', request };
}

/** What is just bringing a guest up, as HA does after it lost a node: that the guest is off is over in a moment. */
export function comingUp(tasks: readonly GuestTask[]): GuestTask | undefined {
  return tasks.find(({ running, type }) => running && starting.test(type));
}

/** Without what a newer task has undone: who shut a guest down before it was started is not why it goes down now. */
function sinceTheOther({ to, tasks }: Change): GuestTask[] {
  const other = brought[to === 'running' ? 'stopped' : 'running'];
  const undone = tasks.filter(({ type, ok }) => ok && other.test(type)).map(({ startedAt }) => +startedAt);
  const from = Math.max(...undone, Number.NEGATIVE_INFINITY);
  return tasks.filter(({ startedAt }) => startedAt.getTime() >= from);
}

function isOurs({ to, now, seen, token }: Change, request: OwnRequest, task: GuestTask | undefined): boolean {
  if (outcomeOf(request.act) !== to) return false;
  if (task !== undefined && task.upid === request.upid) return true;
  if (request.phase === 'done') return false;
  // A guest may go down after its task was given up.
  if (request.phase === 'failed' && sinceMs(request.intendedAt, now) > lateShutdownMs) return false;
  if (task === undefined || task.startedAt <= request.intendedAt) return true;
  // ha-manager does in root's name what our request has queued.
  return task.user === token || (seen.ha && task.user === root);
}

function byTask(change: Change, task: GuestTask): Attribution {
  const asked = askedFor(task, change);
  if (asked) return { cause: 'person', actor: asked.by };
  const actor = `pve:${task.user}`;
  if (task.type.startsWith('ha')) return { cause: 'ha', actor };
  if (task.user !== root) return { cause: 'person', actor };
  if (change.tasks.some(({ type }) => type === bootTasks[change.to])) return { cause: 'node', actor };
  if (change.seen.ha) return { cause: 'ha', actor };
  // A node that boots has a `startall`; without one that its API was away says nothing, since it goes on without it as it is upgraded.
  if (change.to === 'running' && isRecent(change.nodeSince, change.now)) return { cause: 'node', actor };
  return { cause: 'person', actor };
}

function byNobody(change: Change): Attribution {
  if (change.seen.ha) return { cause: 'ha' };
  if (change.to === 'running') return { cause: 'unknown' };
  // What was off with its node was not seen to run since.
  const isOff = (since: Date | undefined) => isRecent(since, change.now) && since > change.changedAt;
  if (isOff(change.nodeSince) || isOff(change.reachedSince)) return { cause: 'node' };
  return { cause: change.tasksHidden ? 'unknown' : 'guest' };
}

function isRecent(since: Date | undefined, now: Date): since is Date {
  return since !== undefined && sinceMs(since, now) < nodeBootMs;
}
