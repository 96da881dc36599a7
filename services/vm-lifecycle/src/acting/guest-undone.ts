import { answerOf } from '../adapters/call.ts';
import { recordPower } from '../adapters/projection.ts';
import { readComebacks } from '../adapters/store.ts';
import { attribute, bootTasksMs, byRequest } from '../core/attribution.ts';
import { lookFrom } from '../core/follow.ts';
import type { GuestTask } from '../core/guest.ts';
import type { LeaseState } from '../core/lease.ts';
import type { Look, Sight } from '../core/plan.ts';
import type { Request } from '../core/request.ts';
import { leaseBy } from '../leasing/begin.ts';
import { readForPeople } from '../leasing/for-people.ts';
import { leaseTask } from '../leasing/lease-task.ts';
import type { ActingContext, ManagedGuest, Next } from './context.ts';
import { releasePlace } from './guest-request.ts';
import { finishRequest } from './request.ts';

const againMs = 1_000;
const isStart = /^(qm|vz)start$/;

/**
 * A request was carried out, and the guest was started again before anybody looked: reports that it was off by us and who started it, with the
 * lease that begins by that (PART-4). Policy has it off then, as it wanted, and a person's start is not undone.
 */
export async function finishUndone(
  context: ActingContext,
  managed: ManagedGuest,
  made: Request,
  look: Look,
): Promise<Next> {
  if (look.blind !== undefined) return againMs;
  const { guest, history, poller } = managed;
  const { hypervisor } = poller;
  const now = context.clock.now();
  const boots = await answerOf(() => hypervisor.bootTasks(guest.node, 'startall', lookFrom(made, now)));
  if ('code' in boots) return againMs;
  const tasks = [...look.tasks, ...bootsThatStarted(look.tasks, boots, made)];
  const start = await startSince(context, managed, made, { ...look, tasks });
  // Nothing is in flight any more for whoever reads events: it was seen off, by the poller.
  const wasSeen = history.asked === undefined && Date.parse(history.stopped?.at ?? '') >= +made.intendedAt;
  await finishRequest(context, made, async (tx) => {
    if (guest.class === 'participant') await context.tasks().enqueue(tx, leaseTask(guest.id));
    const { log } = context;
    if (!wasSeen) await recordPower(tx, log, { guest, to: 'stopped', by: byRequest(made), now });
    if (start) await recordPower(tx, log, { guest, to: 'running', now, ...start });
  });
  await releasePlace(context, guest.id);
  poller.pollNow();
  return undefined;
}

/**
 * Who or what started it, and the lease that begins by that. Undefined where that cannot be said yet, such as of a backup that has it up:
 * the poller looks at what runs and is known to be off, until it can.
 */
async function startSince(
  { database, clock, leaseMs }: ActingContext,
  { guest, poller }: ManagedGuest,
  made: Request,
  { guest: seen, tasks }: Sight,
) {
  const { orm } = database;
  const { token } = poller.hypervisor;
  const [forPeople, comebacks] = await Promise.all([readForPeople(orm, guest), readComebacks(orm, guest)]);
  const { changedAt } = guest;
  const more = { request: made, token, changedAt, forPeople, ...comebacks };
  const by = attribute({ to: 'running', now: clock.now(), seen, tasks, ...more });
  if (by === undefined || by.cause === 'unknown') return undefined;
  const lease = leaseBy({ by, tasks, forPeople, token }, leaseMs);
  // The poller may have seen first that its process is a new one (polling/restart.ts), and begun a lease by the same start.
  const onlyIf = (newest: LeaseState | undefined) => !(newest && newest.started > made.intendedAt);
  return { by, lease: lease && { ...lease, onlyIf } };
}

/** Those boots of its node by which it may have been started, after it went off by our request. */
function bootsThatStarted(
  tasks: readonly GuestTask[],
  boots: readonly GuestTask[],
  made: Request,
): GuestTask[] {
  const offSince = tasks.find(({ upid }) => upid === made.upid)?.startedAt ?? made.intendedAt;
  const starts = tasks.filter(({ type }) => isStart.test(type)).map(({ startedAt }) => startedAt.getTime());
  const newest = Math.max(...starts);
  return boots.filter(
    ({ startedAt }) => startedAt >= offSince && startedAt.getTime() >= newest - bootTasksMs,
  );
}
