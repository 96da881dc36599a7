import { answerOf } from '../adapters/call.ts';
import { recordPower } from '../adapters/projection.ts';
import { attribute, type ForPerson } from '../core/attribution.ts';
import { type Guest, outcomeOf } from '../core/guest.ts';
import type { Look, Plan } from '../core/plan.ts';
import type { Failure, Request } from '../core/request.ts';
import { failed } from '../core/retry.ts';
import { guestTarget, reconcileTask } from '../core/target.ts';
import { leaseBy } from '../leasing/begin.ts';
import { readForPeople } from '../leasing/for-people.ts';
import { leaseTask } from '../leasing/lease-task.ts';
import type { ActingContext, ManagedGuest } from './context.ts';
import {
  acceptRequest,
  failRequest,
  finishRequest,
  type Intended,
  intendRequest,
  loseRequest,
} from './request.ts';
import { limitGroup } from './request-limit.ts';

type Planned<Do extends Plan['do']> = Extract<Plan, { do: Do }>;

/** What became of asking; `superseded`: policy decided anew just now, and nothing was asked. */
export type Asking = 'accepted' | 'lost' | 'failed' | 'superseded' | 'queued';

/** Asks Proxmox for what is planned, once that is written down, and notes the task, or what went wrong. */
export async function ask(
  context: ActingContext,
  managed: ManagedGuest,
  { do: act, attempt, tries, because }: Planned<Request['act']>,
): Promise<Asking> {
  const { guest, desired, limits, poller } = managed;
  const group = limitGroup(guest);
  if (!context.requestLimit.acquire(group, guest.id, limits.parallelPerNode)) return 'queued';
  poller.hypervisor.prepareAsk();
  const intended = await intend(context, managed, { act, attempt, tries, because });
  if (intended === undefined) return 'superseded';
  const { made, stale } = intended;
  if (stale === undefined) return await send(context, managed, made);
  await failGuest(context, guest, made, failed(desired, made, stale, { counted: false }));
  return 'failed';
}

async function intend(
  context: ActingContext,
  { guest, desired, request: before }: ManagedGuest,
  what: Pick<Request, 'act' | 'attempt' | 'tries'> & { readonly because: string | undefined },
): Promise<Intended<Request> | undefined> {
  const { id, hypervisor, node } = guest;
  const at = { target: guestTarget(id), hypervisor, node };
  let intended: Intended<Request> | undefined;
  try {
    intended = await intendRequest<Request>(context, { ...what, ...at, desired, before });
    return intended;
  } finally {
    // Nothing will be sent, so nobody has to wait for this guest.
    if (intended === undefined) await releasePlace(context, id);
  }
}

async function send(
  context: ActingContext,
  { guest, desired, poller, limits }: ManagedGuest,
  made: Request,
): Promise<Asking> {
  const { hypervisor } = poller;
  const answer = await answerOf(() => hypervisor.ask(made.act, guest, limits.shutdownTimeoutMs));
  if (typeof answer === 'string') {
    await acceptRequest(context, made, { upid: answer });
    return 'accepted';
  }
  const { code, message, mayHaveArrived, answered } = answer;
  if (mayHaveArrived) {
    loseRequest(context, made, code);
    return 'lost';
  }
  const counts = answered ? {} : { counted: false };
  await failGuest(context, guest, made, failed(desired, made, message, counts));
  return 'failed';
}

/** Writes down, as a request that failed, what cannot even be asked as things are. */
export async function refuse(
  context: ActingContext,
  managed: ManagedGuest,
  { act, attempt, ...failure }: Planned<'refuse'>,
): Promise<void> {
  const intended = await intend(context, managed, { act, attempt, tries: failure.tries, because: undefined });
  if (intended) await failGuest(context, managed.guest, intended.made, failure);
}

/** The request failed, for now or for good. */
export async function failGuest(
  context: ActingContext,
  guest: Guest,
  made: Request,
  failure: Failure,
): Promise<void> {
  const error = withoutOtherGuests(failure.error, guest.vmid);
  await failRequest(context, made, { ...failure, error });
  await releasePlace(context, guest.id);
}

/** The request was carried out; reports it of the guest too, if that was not seen before. */
export async function finishGuest(
  context: ActingContext,
  managed: ManagedGuest,
  made: Request,
  look: Look,
): Promise<void> {
  const { guest, poller } = managed;
  const now = context.clock.now();
  const to = outcomeOf(made.act);
  const forPeople = to === 'running' ? await readForPeople(context.database.orm, guest) : [];
  const by = attributionOf(managed, made, look, { now, forPeople });
  const tasks = look.blind === undefined ? look.tasks : [];
  const { token } = poller.hypervisor;
  const lease =
    to === 'running' && by ? leaseBy({ by, tasks, forPeople, token }, context.leaseMs) : undefined;
  await finishRequest(context, made, async (tx) => {
    if (guest.class === 'participant') await context.tasks().enqueue(tx, leaseTask(guest.id));
    if (by) await recordPower(tx, context.log, { guest, to, by, now, lease });
  });
  await releasePlace(context, guest.id);
  poller.pollNow();
}

function attributionOf(
  { guest, poller }: ManagedGuest,
  made: Request,
  look: Look,
  { now, forPeople }: { now: Date; forPeople: readonly ForPerson[] },
) {
  if (look.blind !== undefined) return undefined;
  const { token } = poller.hypervisor;
  const to = outcomeOf(made.act);
  const { changedAt } = guest;
  const { tasks, guest: seen } = look;
  return attribute({ to, now, seen, tasks, request: made, token, changedAt, forPeople });
}

/** Gives the guest's place back, and has the next in the queue looked at. */
export async function releasePlace(
  { requestLimit, tasks, database }: ActingContext,
  vm: string,
): Promise<void> {
  const next = requestLimit.release(vm);
  if (next === undefined) return;
  await database.transaction((tx) => tasks().enqueue(tx, reconcileTask(guestTarget(next))));
}

/** An error of Proxmox may name another guest, one of the board's even («already in use by VMID 105»): PRIV-2. */
function withoutOtherGuests(text: string, own: number): string {
  return text.replace(/\b\d{3,9}\b/g, (number) => (Number(number) === own ? number : '…'));
}
