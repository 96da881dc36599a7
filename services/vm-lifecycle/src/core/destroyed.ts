import type { Guest, GuestTask } from './guest.ts';

/**
 * The tasks that had destroyed guests of a vmid on a node when a guest was seen to stand there: they were the end of others. Kept, since by
 * their times alone that cannot be told: a node's clock may be ahead of ours.
 */
export interface Earlier {
  /** Of the guest that was seen. */
  readonly incarnation: string | undefined;
  /** From when on they were asked for, by the node's clock. */
  readonly since: Date;
  readonly upids: ReadonlySet<string>;
}

const destroys = /^(qm|vz)destroy$/;
/** A node's clock may stand this far from ours. */
const clockSkewMs = 5 * 60_000;

/** From when on destroy tasks are asked for; `changedAt` lies ahead when our clock went back since. */
export function destroysFrom(changedAt: Date | undefined, earlier: Earlier | undefined, now: Date): Date {
  if (earlier) return earlier.since;
  const ms = Math.min(changedAt?.getTime() ?? now.getTime(), now.getTime()) - clockSkewMs;
  // Proxmox counts whole seconds.
  return new Date(Math.floor(ms / 1000) * 1000);
}

/**
 * Whether one of these tasks of its node was the end of a guest: one that was not there yet when the guest was seen to be. `earlier` is undefined for
 * one that this process has not seen there; then a task counts that is later than its last change by any clock.
 */
export function isDestroyed(
  { changedAt }: Pick<Guest, 'changedAt'>,
  tasks: readonly GuestTask[],
  earlier: Earlier | undefined,
): boolean {
  const isLater = ({ upid, startedAt }: GuestTask) =>
    earlier
      ? startedAt >= earlier.since && !earlier.upids.has(upid)
      : startedAt.getTime() > changedAt.getTime() + clockSkewMs;
  return tasks.some((task) => task.ok && destroys.test(task.type) && isLater(task));
}

/** Of a guest that stands there after these tasks; `before` is what was noted of it, unless it was found anew. */
export function noteEarlier(
  incarnation: string | undefined,
  { tasks, since }: { readonly tasks: readonly GuestTask[]; readonly since: Date },
  before: Earlier | undefined,
): Earlier {
  const same = before?.incarnation === incarnation ? before : undefined;
  // One that is still at work is the end of whoever stands there.
  const upids = tasks.filter(({ ok }) => ok).map(({ upid }) => upid);
  return { incarnation, since: same?.since ?? since, upids: new Set([...(same?.upids ?? []), ...upids]) };
}
