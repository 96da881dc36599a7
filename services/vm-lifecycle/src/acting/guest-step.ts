import { readGuests } from '../adapters/store.ts';
import { upidsOfActs } from '../asking/acts.ts';
import type { Act } from '../core/guest.ts';
import type { Look, Plan } from '../core/plan.ts';
import { isInFlight } from '../core/request.ts';
import type { ActingContext, ManagedGuest, Next } from './context.ts';
import { planFor } from './guest-look.ts';
import { type Asking, ask, failGuest, finishGuest, refuse, releasePlace } from './guest-request.ts';
import { finishUndone } from './guest-undone.ts';
import { acceptRequest, noteReached } from './request.ts';

const afterAsking: Record<Asking, Next> = {
  accepted: 500,
  lost: 1_000,
  failed: undefined,
  superseded: undefined,
  // The next is woken when a place is given back; this is in case that was lost.
  queued: 2_000,
};

/** When a guest that is another than it was is looked at again, unless that was reported by then, ms. */
const anotherMs = 2_000;

/** One step from what a guest is to what policy wants of it. */
export async function stepGuest(
  context: ActingContext,
  id: string,
  waiting: (why: string) => void,
): Promise<Next> {
  const [record] = await readGuests(context.database.orm, id);
  const managed = record && context.hypervisors.get(record.guest.hypervisor);
  if (record === undefined || managed === undefined) {
    await releasePlace(context, id);
    return 'over';
  }
  const guest = { ...record, ...managed };
  // A task that a person asked for is not that of a request whose answer was lost.
  const isLost = isInFlight(record.request) && record.request.upid === undefined;
  const forPeople = isLost ? await upidsOfActs(context.database.orm, id) : [];
  const { plan, look } = await planFor(guest, context.clock, forPeople);
  if (plan.do === 'wait') waiting(plan.why);
  if ('why' in plan) context.logger.debug({ vm: id, do: plan.do, why: plan.why }, 'the guest was looked at');
  if (plan.do !== 'shutdown' && plan.do !== 'start' && plan.do !== 'stop')
    return await carryOut(context, guest, plan, look);
  const asked = await ask(context, guest, plan);
  if (asked === 'queued') waiting('others on its node go first');
  return afterAsking[asked];
}

async function carryOut(
  context: ActingContext,
  managed: ManagedGuest,
  plan: Exclude<Plan, { do: Act }>,
  look: Look,
): Promise<Next> {
  const { guest, desired, request } = managed;
  switch (plan.do) {
    case 'wait':
      return plan.again;
    case 'nothing':
      await releasePlace(context, guest.id);
      return 'over';
    case 'another':
      // The next poll reports it, and then nothing is wanted of it.
      managed.poller.doubt(guest.id);
      await releasePlace(context, guest.id);
      return anotherMs;
    case 'adopt':
      if (request) await acceptRequest(context, request, { upid: plan.upid });
      return undefined;
    case 'undone':
      return isInFlight(request) ? await finishUndone(context, managed, request, look) : undefined;
    case 'fail':
      if (request) await failGuest(context, guest, request, plan);
      return undefined;
    case 'refuse':
      await refuse(context, managed, plan);
      return undefined;
    case 'done':
      if (isInFlight(request)) await finishGuest(context, managed, request, look);
      else await noteReached(context, desired);
      return undefined;
  }
}
