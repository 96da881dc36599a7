import type { TaskHandler } from '@huismeester/events';
import { settle } from './adapters/record.ts';
import { readGuests, readInFlight } from './adapters/store.ts';
import type { Act } from './core/guest.ts';
import { isInFlight, type Look, type Plan } from './core/plan.ts';
import { type Limits, planFor, type Situated } from './look.ts';
import {
  type Asked,
  adopt,
  ask,
  type Desk,
  fails,
  finished,
  refuse,
  release,
  slotGroup,
} from './requests.ts';
import { createSlots } from './slots.ts';
import type { Watch } from './watch.ts';

export interface ActOptions extends Omit<Desk, 'slots'> {
  readonly watches: ReadonlyMap<string, { readonly watch: Watch; readonly limits: Limits }>;
}

export interface Actor {
  readonly reconcile: TaskHandler;
  /** Takes the slots of what was in flight when the process ended. To be called before the tasks start. */
  resume(): Promise<void>;
  /** Why nothing is being done to a guest right now, although something is wanted. */
  waiting(vm: string): string | undefined;
}

/** When to look again, in milliseconds; undefined: at once; `over`: not at all. */
type Next = number | undefined | 'over';

const afterAsking: Record<Asked, Next> = {
  accepted: 500,
  lost: 1_000,
  failed: undefined,
  superseded: undefined,
  // Whoever gives a slot back wakes the next; this is for when that goes amiss.
  'in line': 2_000,
};
/** A step leads to another look; more than these at a stretch would be a loop. */
const stepsAtOnce = 8;
const afterTooManyMs = 500;

/** Carries out what policy wants, one guest at a time, in durable tasks that survive the process. */
export function createActor({ watches, ...options }: ActOptions): Actor {
  const desk: Desk = { ...options, slots: createSlots() };
  const waits = new Map<string, string>();
  const { database, clock } = desk;

  async function step(vm: string): Promise<Next> {
    const [record] = await readGuests(database.orm, vm);
    const found = record && watches.get(record.guest.hypervisor);
    waits.delete(vm);
    if (record === undefined || found === undefined) {
      await release(desk, vm);
      return 'over';
    }
    const situated = { ...record, ...found };
    const { plan, look } = await planFor(situated, desk.failureOf, clock);
    if (plan.do === 'wait') waits.set(vm, plan.why);
    if (plan.do !== 'shutdown' && plan.do !== 'start' && plan.do !== 'stop')
      return await carryOut(desk, situated, plan, look);
    const asked = await ask(desk, situated, plan);
    if (asked === 'in line') waits.set(vm, 'others on its node go first');
    return afterAsking[asked];
  }

  async function steps(vm: string, signal: AbortSignal): Promise<Next> {
    for (let count = 0; count < stepsAtOnce; count += 1) {
      const next = await step(vm);
      if (next !== undefined) return next;
      signal.throwIfAborted();
    }
    return afterTooManyMs;
  }

  return {
    async reconcile({ key }, signal) {
      const next = await steps(key, signal);
      return typeof next === 'number' ? { againAt: new Date(clock.now().getTime() + next) } : undefined;
    },
    async resume() {
      for (const { guest, request } of await readInFlight(database.orm)) {
        const group = slotGroup({ ...guest, node: request.node });
        desk.slots.take(group, guest.id, Number.POSITIVE_INFINITY);
      }
    },
    waiting: (vm) => waits.get(vm),
  };
}

async function carryOut(
  desk: Desk,
  situated: Situated,
  plan: Exclude<Plan, { do: Act }>,
  look: Look,
): Promise<Next> {
  const { guest, desired, request } = situated;
  switch (plan.do) {
    case 'wait':
      return plan.again;
    case 'nothing':
      await release(desk, guest.id);
      desk.logger.debug({ vm: guest.id, why: plan.why }, 'nothing to do');
      return 'over';
    case 'adopt':
      if (request) await adopt(desk, request, plan.upid);
      return undefined;
    case 'fail':
      if (request) await fails(desk, guest, request, plan);
      return undefined;
    case 'refuse':
      await refuse(desk, situated, plan);
      return undefined;
    case 'done':
      if (isInFlight(request)) await finished(desk, situated, request, look);
      else if (desired) await desk.database.transaction((tx) => settle(tx, desired, { reached: true }));
      return undefined;
  }
}
