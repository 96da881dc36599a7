import type { Database } from '@huismeester/database';
import type { EventLog, Tasks } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import { accept, fail, finish, intend, Superseded, sayPower } from './adapters/record.ts';
import { attempt } from './attempt.ts';
import { tell } from './core/cause.ts';
import { type Guest, outcomeOf } from './core/guest.ts';
import type { Failure, Look, Plan, Request } from './core/plan.ts';
import { failed, heldUp } from './core/wanted.ts';
import type { Situated } from './look.ts';
import type { FailureOf } from './ports.ts';
import type { Slots } from './slots.ts';

/** What requests are made with. */
export interface Desk {
  readonly database: Database;
  readonly log: EventLog;
  /** To be asked for when it is needed: the tasks are made with a handler that makes requests. */
  readonly tasks: () => Pick<Tasks, 'enqueue'>;
  readonly slots: Slots;
  readonly failureOf: FailureOf;
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** For the metrics. */
  readonly counted: (
    act: Request['act'],
    outcome: 'requested' | 'accepted' | 'lost' | 'failed' | 'done',
  ) => void;
}

type Planned<Do extends Plan['do']> = Extract<Plan, { do: Do }>;

/** What became of asking; `superseded`: policy changed its mind just now, and nothing was asked. */
export type Asked = 'accepted' | 'lost' | 'failed' | 'superseded' | 'in line';

/** Asks Proxmox for what is planned, once that is written down, and notes the task, or what went wrong. */
export async function ask(desk: Desk, situated: Situated, plan: Planned<Request['act']>): Promise<Asked> {
  const { guest, desired, request: before, limits } = situated;
  const { do: act, attempt: nth, tries, because } = plan;
  if (!desk.slots.take(slotGroup(guest), guest.id, limits.parallelPerNode)) return 'in line';
  const begunMs = desk.clock.monotonicMs();
  const intent = { guest, desired, before, act, attempt: nth, tries, because, now: desk.clock.now() };
  const made = await write(desk, intent);
  if (made === undefined) return 'superseded';
  desk.counted(act, 'requested');
  desk.logger.info({ vm: guest.id, act, attempt: nth, generation: made.generation, because }, 'about to ask');
  const late = heldUp(desk.clock.monotonicMs() - begunMs, nth);
  if (late === undefined) return await send(desk, situated, made);
  await fails(desk, guest, made, failed(desired, made, late, { counted: false }));
  return 'failed';
}

async function write(desk: Desk, intent: Parameters<typeof intend>[2]): Promise<Request | undefined> {
  const { database, log } = desk;
  try {
    return await database.transaction((tx) => intend(tx, log, intent));
  } catch (error) {
    // Nothing will be sent, so nobody has to wait for this guest.
    await release(desk, intent.guest.id);
    if (error instanceof Superseded) return undefined;
    throw error;
  }
}

async function send(desk: Desk, { guest, desired, watch, limits }: Situated, made: Request): Promise<Asked> {
  const { act } = made;
  const { hypervisor } = watch;
  const answer = await attempt(desk.failureOf, () => hypervisor.ask(act, guest, limits.shutdownTimeoutMs));
  if (typeof answer === 'string') {
    await adopt(desk, made, answer);
    return 'accepted';
  }
  const { code, message, mayHaveArrived, answered } = answer;
  if (mayHaveArrived) {
    desk.counted(act, 'lost');
    desk.logger.warn({ vm: guest.id, act, code }, 'the answer was lost; its trace will be looked for');
    return 'lost';
  }
  const counts = answered ? {} : { counted: false };
  await fails(desk, guest, made, failed(desired, made, message, counts));
  return 'failed';
}

/** Writes down, as a request that failed, what cannot even be asked as things are. */
export async function refuse(desk: Desk, situated: Situated, plan: Planned<'refuse'>): Promise<void> {
  const { guest, desired, request: before } = situated;
  const intent = { ...plan, guest, desired, before, because: undefined, now: desk.clock.now() };
  const made = await write(desk, intent);
  if (made) await fails(desk, guest, made, plan);
}

/** The request is at work as this task. */
export async function adopt(desk: Desk, made: Request, upid: string): Promise<void> {
  await desk.database.transaction((tx) => accept(tx, desk.log, made, upid));
  desk.counted(made.act, 'accepted');
}

/** The request failed, for now or for good. */
export async function fails(desk: Desk, guest: Guest, made: Request, failure: Failure): Promise<void> {
  const error = withoutOtherGuests(failure.error, guest.vmid);
  await desk.database.transaction((tx) => fail(tx, desk.log, made, { ...failure, error }, desk.clock.now()));
  const { act, attempt: nth } = made;
  const { retry } = failure;
  desk.counted(act, 'failed');
  const what = { vm: guest.id, act, attempt: nth, error };
  if (retry) desk.logger.warn(what, 'a request failed; it will be tried again');
  else desk.logger.error(what, 'a request failed for good');
  await release(desk, guest.id);
}

/** The request was carried out; says so of the guest too, if that was not seen before. */
export async function finished(desk: Desk, situated: Situated, made: Request, look: Look): Promise<void> {
  const { guest, watch } = situated;
  const now = desk.clock.now();
  const to = outcomeOf(made.act);
  const told = tellOf(situated, made, look, now);
  await desk.database.transaction(async (tx) => {
    await finish(tx, made);
    if (told) await sayPower(tx, desk.log, { guest, to, told, now });
  });
  desk.counted(made.act, 'done');
  desk.logger.info({ vm: guest.id, act: made.act, attempt: made.attempt }, 'a request was carried out');
  await release(desk, guest.id);
  watch.lookNow();
}

function tellOf({ guest, watch }: Situated, made: Request, look: Look, now: Date) {
  if (look.blind !== undefined) return undefined;
  const { token } = watch.hypervisor;
  const to = outcomeOf(made.act);
  const { changedAt } = guest;
  return tell({ to, now, seen: look.guest, tasks: look.tasks, request: made, token, changedAt });
}

/** Gives the guest's slot back, and has the next in line looked at. */
export async function release({ slots, tasks, database }: Desk, vm: string): Promise<void> {
  const next = slots.free(vm);
  if (next === undefined) return;
  await database.transaction((tx) => tasks().enqueue(tx, { kind: 'reconcile', key: next }));
}

/** Each class has slots of its own on a node: a later stage of a power cut never waits for an earlier one's stragglers. */
export function slotGroup({ hypervisor, node, class: of }: Guest): string {
  return `${hypervisor}/${node}/${of}`;
}

/** Proxmox's words may name another guest, one of the board's even («already in use by VMID 105»): PRIV-2. */
function withoutOtherGuests(text: string, own: number): string {
  return text.replace(/\b\d{3,9}\b/g, (number) => (Number(number) === own ? number : '…'));
}
