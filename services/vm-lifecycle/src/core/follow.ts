import { comingUp } from './attribution.ts';
import type { Act, GuestTask } from './guest.ts';
import { outcomeOf } from './guest.ts';
import type { Plan, Sight, Situation } from './plan.ts';
import type { Request } from './request.ts';
import { failed, failedForGood, sinceMs } from './retry.ts';

const kinds: Record<Act, RegExp> = {
  start: /^(qmstart|vzstart|hastart)$/,
  shutdown: /^(qmshutdown|vzshutdown|hastop)$/,
  stop: /^(qmstop|vzstop|hastop)$/,
};
const lookMs = 500;
/** How long a request whose answer was lost may still be on its way to becoming a task. */
const arrivalMs = 5_000;
/** A node's clock may stand this far from ours; UPIDs that we know of are never taken twice. */
const clockSkewMs = 5 * 60_000;

/**
 * When tasks of ours are looked for from, so that a request whose answer was lost is found: also when our clock went
 * back after it was made.
 */
export function lookFrom(request: Request, now: Date): Date {
  return new Date(Math.min(request.intendedAt.getTime(), now.getTime()) - clockSkewMs);
}

/** What to do about a request that is in flight; it is neither forgotten nor sent twice while anything is seen of it. */
export function follow(situation: Situation, request: Request, look: Sight): Plan {
  const reached = look.guest.status === outcomeOf(request.act);
  const turning = reached && request.act !== 'start' ? comingUp(look.tasks) : undefined;
  if (turning) return { do: 'wait', why: `its task ${turning.type} runs`, again: lookMs };
  return request.phase === 'accepted'
    ? followTask(situation, request, look, reached)
    : followIntent(situation, request, look, reached);
}

function followTask(situation: Situation, request: Request, look: Sight, reached: boolean): Plan {
  const { task, guest } = look;
  if (task === undefined) return { do: 'wait', why: 'its task was not seen', again: lookMs };
  if (task.state === 'running') return { do: 'wait', why: 'its task runs', again: lookMs };
  if (reached) return { do: 'done', why: `it is ${guest.status}` };
  if (task.state === 'gone') return fail(situation, request, goneError(situation, request));
  if (!task.ok) return fail(situation, request, task.exit);
  if (!guest.ha) return turnedBack(request, guest);
  if (situation.now.getTime() - request.intendedAt.getTime() < situation.haDeadlineMs) {
    return { do: 'wait', why: 'ha-manager has it queued', again: lookMs };
  }
  return fail(situation, request, 'ha-manager did not do it in time');
}

/**
 * Without HA the task did it, so it was turned back on purpose since. Reported either way, since policy waits for the end of what is in flight; and
 * who starts a guest that was off may begin a lease by that.
 */
function turnedBack({ act, tries }: Request, { status }: Sight['guest']): Plan {
  const why = `its task ended well, but it is ${status}: somebody turned it back`;
  return act === 'start' ? failedForGood(why, tries) : { do: 'undone', why };
}

function followIntent(situation: Situation, request: Request, look: Sight, reached: boolean): Plan {
  const trace = ownTask(situation, request, look.tasks);
  if (trace) return { do: 'adopt', upid: trace.upid };
  const since = sinceMs(request.intendedAt, situation.now);
  if (reached) return { do: 'done', why: `it is ${look.guest.status}` };
  if (since < arrivalMs) return { do: 'wait', why: 'its answer was lost', again: arrivalMs - since };
  return fail(situation, request, 'no answer, and no trace of it', true);
}

function ownTask({ token, upids, now }: Situation, request: Request, tasks: readonly GuestTask[]) {
  const from = lookFrom(request, now);
  return tasks.find(
    (task) =>
      task.user === token &&
      kinds[request.act].test(task.type) &&
      task.startedAt >= from &&
      !upids.includes(task.upid),
  );
}

function goneError({ now, shutdownTimeoutMs }: Situation, { act, intendedAt }: Request): string {
  const hadItsTime = now.getTime() - intendedAt.getTime() >= shutdownTimeoutMs;
  const gone = 'the task is gone without a trace';
  return act === 'shutdown' && hadItsTime ? `${gone}: it did not go down in time` : gone;
}

function fail({ desired, forceStop }: Situation, request: Request, error: string, untraced = false): Plan {
  return { do: 'fail', ...failed(desired, request, error, { untraced, forceStop }) };
}
