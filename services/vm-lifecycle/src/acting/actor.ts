import type { TaskHandler } from '@huismeester/events';
import { readInFlight } from '../adapters/store.ts';
import { idOf, isNode, parseTarget, type Target } from '../core/target.ts';
import type { ActingContext, Next } from './context.ts';
import { stepGuest } from './guest-step.ts';
import { stepNode } from './node-step.ts';
import { limitGroup } from './request-limit.ts';

export interface Actor {
  /** The handler of tasks whose key is a target. */
  readonly reconcile: TaskHandler;
  /** Takes the places of what was in flight when the process ended. To be called before the tasks start. */
  resume(): Promise<void>;
  /** Why nothing is being done about a target right now, although something is wanted. */
  waiting(target: Target): string | undefined;
}

/** A step leads to another look; more than these at a stretch would be a loop. */
const stepsAtOnce = 8;
const afterTooManyMs = 500;

/**
 * Carries out what policy wants of guests and nodes, one step after the other for each, in durable tasks that survive the
 * process.
 */
export function createActor(context: ActingContext): Actor {
  const { database, clock, requestLimit } = context;
  const waits = new Map<Target, string>();

  async function step(target: Target): Promise<Next> {
    waits.delete(target);
    const waiting = (why: string) => void waits.set(target, why);
    const id = idOf(target);
    return isNode(target) ? await stepNode(context, id, waiting) : await stepGuest(context, id, waiting);
  }

  async function steps(target: Target, signal: AbortSignal): Promise<Next> {
    for (let count = 0; count < stepsAtOnce; count += 1) {
      const next = await step(target);
      if (next !== undefined) return next;
      signal.throwIfAborted();
    }
    return afterTooManyMs;
  }

  return {
    async reconcile({ key }, signal) {
      const target = parseTarget(key);
      if (target === undefined) throw new RangeError(`a task's key is vm/<id> or node/<id>, not "${key}"`);
      const next = await steps(target, signal);
      return typeof next === 'number' ? { againAt: new Date(clock.now().getTime() + next) } : undefined;
    },
    async resume() {
      for (const { guest, request } of await readInFlight(database.orm)) {
        const group = limitGroup({ ...guest, node: request.node });
        requestLimit.acquire(group, guest.id, Number.POSITIVE_INFINITY);
      }
    },
    waiting: (target) => waits.get(target),
  };
}
