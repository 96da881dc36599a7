import { answerOf } from '../adapters/call.ts';
import { recordPower } from '../adapters/projection.ts';
import { readComebacks, readGuests } from '../adapters/store.ts';
import { attribute, bootTasksMs, tasksFrom } from '../core/attribution.ts';
import type { Guest, Power } from '../core/guest.ts';
import { isAnother } from '../core/incarnation.ts';
import type { Suspect } from '../core/observe.ts';
import { isInFlight } from '../core/request.ts';
import { guestTarget, reconcileTask } from '../core/target.ts';
import { leaseBy } from '../leasing/begin.ts';
import { readForPeople } from '../leasing/for-people.ts';
import { leaseTask } from '../leasing/lease-task.ts';
import type { Parts } from '../parts.ts';
import type { Hypervisor } from '../ports.ts';
import type { Destroys } from './destroys.ts';

type ConfirmOptions = Parts & { readonly hypervisor: Hypervisor; readonly destroys: Destroys };

/**
 * Reports that a guest started or stopped if the guest itself and its tasks bear that out; else the next poll asks again. Nothing is
 * reported of one that is `another` than was known.
 */
export async function confirm(
  options: ConfirmOptions,
  { guest, to }: Suspect,
): Promise<'another' | undefined> {
  const { database, log, clock, logger, hypervisor, destroys } = options;
  const { changedAt } = guest;
  const answers = await answerOf(() => look(options, guest, to));
  if ('code' in answers) {
    logger.debug({ vm: guest.id, code: answers.code }, 'a change could not be confirmed yet');
    return undefined;
  }
  const { seen, tasks, seesTasks, config } = answers;
  // Of one of which it is not known which it was nothing more could be found out.
  const destroyed = guest.incarnation !== undefined && destroys.among(guest, tasks);
  if (destroyed || isAnother(guest.incarnation, config) === true) return 'another';
  const [record] = await readGuests(database.orm, guest.id);
  const comebacks = await readComebacks(database.orm, guest);
  const now = clock.now();
  const request = record?.request;
  const { token } = hypervisor;
  const forPeople = to === 'running' ? await readForPeople(database.orm, guest) : [];
  const where = { changedAt, ...comebacks, tasksHidden: !seesTasks };
  const by = attribute({ to, now, seen, tasks, request, token, forPeople, ...where });
  if (by === undefined) return undefined;
  const lease = to === 'running' ? leaseBy({ by, tasks, forPeople, token }, options.leaseMs) : undefined;
  await database.transaction(async (tx) => {
    // It may be what a request was watched for; the log comes last, since its head stays locked until the commit.
    if (isInFlight(request)) await options.tasks().enqueue(tx, reconcileTask(guestTarget(guest.id)));
    if (guest.class === 'participant') await options.tasks().enqueue(tx, leaseTask(guest.id));
    await recordPower(tx, log, { guest, to, by, now, lease });
  });
  return undefined;
}

async function look({ hypervisor, clock }: ConfirmOptions, guest: Guest, to: Power) {
  const seesTasks = await hypervisor.seesTasks(guest.node);
  const since = tasksFrom(guest.changedAt, clock.now(), !seesTasks);
  const bootSince = new Date(Math.max(since.getTime(), clock.now().getTime() - bootTasksMs));
  const [config, tasks, boots] = await Promise.all([
    // Where nothing is known of which guest it was there is nothing to compare with.
    guest.incarnation === undefined ? {} : hypervisor.guestConfig(guest),
    hypervisor.guestTasks(guest, since),
    hypervisor.bootTasks(guest.node, to === 'running' ? 'startall' : 'stopall', bootSince),
  ]);
  // The guest last: a task that has it off for a moment must not have ended by the time that we ask for tasks.
  return { seen: await hypervisor.guestNow(guest), tasks: [...tasks, ...boots], seesTasks, config };
}
