import { answerOf, unlessNodeIsGone } from '../adapters/call.ts';
import { lockGuest } from '../adapters/projection.ts';
import { readGuests } from '../adapters/store.ts';
import type { Doubts } from '../core/doubt.ts';
import type { Guest, GuestTask } from '../core/guest.ts';
import { startOf } from '../core/start.ts';
import { beginLease } from '../leasing/begin.ts';
import { readForPeople } from '../leasing/for-people.ts';
import { nothingAlong } from '../leasing/rows.ts';
import type { Parts } from '../parts.ts';
import type { Hypervisor } from '../ports.ts';

type RestartOptions = Parts & { readonly hypervisor: Hypervisor };

/** A task begins so long before its guest's process does, and a node's clock may stand so far from ours, ms. */
const marginMs = 60_000;
/** When a process began is known to so many ms: its uptime is in whole seconds, of a listing that took some itself. */
const bootedWithinMs = 5_000;

/**
 * Begins a lease of a participant's VM that a person stopped and started between two listings: it was seen to run before and after, and
 * only its process is a new one. False when its tasks could not be read: it is to be looked at again.
 */
export async function noteRestart(
  options: RestartOptions,
  { guest, node }: Doubts['restarted'][number],
  uptimeS: number,
): Promise<boolean> {
  const { database, log, clock, hypervisor, leaseMs, logger } = options;
  if (guest.class !== 'participant' || guest.incarnation === undefined) return true;
  const bootedMs = clock.now().getTime() - uptimeS * 1000;
  const reported = await reportedStart(options, guest);
  // That start of its process began its lease when it was reported.
  if (reported && reported.getTime() >= bootedMs - bootedWithinMs) return true;
  const since = new Date(Math.max(bootedMs - marginMs, guest.changedAt.getTime()));
  const answer = await answerOf(() => tasksOf(hypervisor, guest, node, since));
  if ('code' in answer) {
    logger.debug({ vm: guest.id, code: answer.code }, 'why a guest was restarted could not be seen');
    return false;
  }
  const forPeople = await readForPeople(database.orm, guest);
  // Proxmox counts whole seconds: of the one in which its start was reported, tasks are those of that start.
  const tasks = answer.filter(({ startedAt }) => reported === undefined || startedAt >= reported);
  const how = startOf({ by: undefined, tasks, forPeople, token: hypervisor.token });
  if (how === undefined) return true;
  await database.transaction(async (tx) => {
    const known = await lockGuest(tx, guest.id);
    if (known?.incarnation !== guest.incarnation || known?.status !== 'running') return;
    // That it was off was seen by now, so its start began the lease.
    if (known.changedAt.getTime() !== guest.changedAt.getTime()) return;
    const along = nothingAlong();
    await beginLease(tx, log, along, { id: guest.id, how, now: clock.now(), lengthMs: leaseMs });
    await log.append(tx, along.events, { expected: along.expected });
  });
  return true;
}

/** When its start was reported, if nothing was reported of it since; undefined: it ran already when it was found. */
async function reportedStart(
  { database }: Pick<Parts, 'database'>,
  { id, changedAt }: Guest,
): Promise<Date | undefined> {
  const [record] = await readGuests(database.orm, id);
  return record?.history.started?.at === changedAt.toISOString() ? changedAt : undefined;
}

/** Its tasks where it is, and where it was: what moved it ran there. */
async function tasksOf(
  hypervisor: Hypervisor,
  guest: Guest,
  node: string,
  since: Date,
): Promise<GuestTask[]> {
  const here = hypervisor.guestTasks({ ...guest, node }, since);
  if (node === guest.node) return await here;
  const [now, before] = await Promise.all([
    here,
    unlessNodeIsGone(() => hypervisor.guestTasks(guest, since), []),
  ]);
  return [...now, ...before];
}
