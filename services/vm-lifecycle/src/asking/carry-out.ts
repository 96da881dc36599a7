import type { TaskHandler } from '@huismeester/events';
import type { ActState } from '../core/act.ts';
import { type ActPlan, planAct } from '../core/act-plan.ts';
import { sinceMs } from '../core/retry.ts';
import { parseActTask, readAct, type StoredAct } from './acts.ts';
import type { AskingContext } from './context.ts';
import { type Looked, lookForAct } from './look.ts';
import { recordAccepted, recordDone, recordFailed } from './record.ts';
import { sendAct } from './send.ts';

export interface Asker {
  /** The handler of the tasks of acts. */
  readonly run: TaskHandler;
  /** Why nothing is sent for an act right now. */
  waiting(id: string): string | undefined;
}

/** A step leads to another look; more than these at a stretch would be a loop. */
const stepsAtOnce = 8;
/** How long it may take until our own events say what was seen; the quota counts by those. */
const untilReportedMs = 30_000;
const reportedEveryMs = 200;

/** Carries out what people ask of VMs, one step after the other for each, in durable tasks that survive the process. */
export function createAsker(context: AskingContext): Asker {
  const waits = new Map<string, string>();

  async function step(id: string): Promise<number | undefined | 'over'> {
    waits.delete(id);
    const stored = await readAct(context.database.orm, id);
    if (!stored?.open) return 'over';
    const looked = await lookForAct(context, stored);
    const plan = planAct(looked.situation);
    if (plan.do === 'wait') waits.set(id, plan.why);
    return await carryOut(context, stored, plan, looked);
  }

  return {
    async run({ key }, signal) {
      const { id } = parseActTask(key);
      for (let count = 0; count < stepsAtOnce; count += 1) {
        const next = await step(id);
        if (next === 'over') return undefined;
        if (next !== undefined) return againIn(next);
        signal.throwIfAborted();
      }
      return againIn(500);
    },
    waiting: (id) => waits.get(id),
  };

  function againIn(ms: number) {
    return { againAt: new Date(context.clock.now().getTime() + ms) };
  }
}

async function carryOut(
  context: AskingContext,
  stored: StoredAct,
  plan: ActPlan,
  looked: Looked,
): Promise<number | undefined> {
  switch (plan.do) {
    case 'wait':
      return plan.again;
    case 'ask':
      return await sendAct(context, stored, plan, looked);
    case 'adopt':
      await recordAccepted(context, stored, plan.upid);
      return undefined;
    case 'fail':
      await recordFailed(context, stored, plan.error);
      return undefined;
    case 'done':
      if (!isReported(stored.state, looked)) {
        context.hypervisors.get(stored.state.hypervisor)?.poller.pollNow();
        return reportedEveryMs;
      }
      await recordDone(context, stored, plan);
      context.hypervisors.get(stored.state.hypervisor)?.poller.pollNow();
      return undefined;
  }
}

/** Whether our own events have the guest as the act left it: what was asked counts until then, what runs from then on. */
function isReported({ what, askedAt }: ActState, { guest, situation: { now } }: Looked): boolean {
  const wanted = { start: 'running', shutdown: 'stopped', stop: 'stopped' } as const;
  if (what !== 'start' && what !== 'shutdown' && what !== 'stop') return true;
  if (askedAt === undefined || guest === undefined || guest.status === wanted[what]) return true;
  return sinceMs(new Date(askedAt), now) > untilReportedMs;
}
