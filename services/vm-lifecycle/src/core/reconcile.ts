import { wanted } from './desired.ts';
import { follow } from './follow.ts';
import { actToStop, isHung } from './force.ts';
import { lockedBy, type Power } from './guest.ts';
import type { Plan, Sight, Situation } from './plan.ts';
import { isInFlight, madeFor, type Request } from './request.ts';
import { nextAttempt } from './retry.ts';

/** Proxmox's error for a paused guest that is asked to shut down. */
const pausedError = 'VM is paused - cannot shutdown';
/** An open console: a task that lasts as long as it is open, and changes nothing. */
const consoles = /^(vnc|spice|term)(proxy|shell)$/;
const busyMs = 2_000;
const blindMs = 1_000;
const pausedMs = 2_000;

/**
 * The next step from what is to what policy wants. A request in flight is watched to its end, whatever is wanted by
 * now; nothing is asked of a guest that cannot be seen, is locked or has a task at work.
 */
export function reconcile(situation: Situation): Plan {
  const { request, look, desired, now } = situation;
  const wish = wanted(desired, now);
  if (!isInFlight(request) && 'not' in wish) return { do: 'nothing', why: wish.not };
  if (look.blind !== undefined) return { do: 'wait', why: look.blind, again: blindMs };
  if (isInFlight(request)) return follow(situation, request, look);
  if ('not' in wish) return { do: 'nothing', why: wish.not };
  if (look.another) return { do: 'another', why: 'another guest stands under its vmid' };
  return seek(wish.want, madeFor(desired, request), situation, look);
}

/** `before` is the request before, of the same decision. */
function seek(
  want: Power,
  before: Request | undefined,
  { now, forceStop }: Situation,
  { guest, tasks, quorate }: Sight,
): Plan {
  const busy = tasks.find(({ running, type }) => running && !consoles.test(type));
  if (busy) return { do: 'wait', why: `its task ${busy.type} runs`, again: busyMs };
  const lock = lockedBy(guest);
  if (lock !== undefined) return { do: 'wait', why: `it is locked (${lock})`, again: busyMs };
  if (guest.status === want) return { do: 'done', why: `it is ${want}` };

  if (want === 'stopped' && guest.paused) {
    if (before?.error === pausedError) return { do: 'wait', why: pausedError, again: pausedMs };
    const failure = { error: pausedError, retry: true, tries: before?.tries ?? 0, again: pausedMs };
    return { do: 'refuse', act: 'shutdown', attempt: (before?.attempt ?? 0) + 1, ...failure };
  }
  if (want === 'running' && !quorate) return { do: 'wait', why: 'no quorum', again: blindMs };
  const act = want === 'running' ? 'start' : actToStop(before, forceStop);
  // What made it wait is over as soon as a paused guest runs again, and a guest that hangs had its time.
  const overdue = before?.error === pausedError || (act === 'stop' && before !== undefined && isHung(before));
  const next = nextAttempt(before, now, { overdue });
  return 'do' in next ? next : { do: act, ...next };
}
