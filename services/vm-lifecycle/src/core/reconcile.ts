import { wanted } from './desired.ts';
import { follow } from './follow.ts';
import { actToStop, isHung } from './force.ts';
import type { Power } from './guest.ts';
import { lockedBy } from './guest.ts';
import type { Plan, Sight, Situation } from './plan.ts';
import { isInFlight } from './request.ts';
import { pauseLeftMs } from './retry.ts';

/** What Proxmox says of a paused guest that is asked to shut down. */
const pausedError = 'VM is paused - cannot shutdown';
/** A console that somebody has open: a task that lasts as long as they look, and changes nothing. */
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
  if ('not' in wish || desired === undefined) return { do: 'nothing', why: 'no decision' };
  return seek(wish.want, desired.decision, situation, look);
}

function seek(want: Power, decision: string, { request, now, forceStop }: Situation, look: Sight): Plan {
  const { guest, tasks } = look;
  const busy = tasks.find(({ running, type }) => running && !consoles.test(type));
  if (busy) return { do: 'wait', why: `its task ${busy.type} runs`, again: busyMs };
  const lock = lockedBy(guest);
  if (lock !== undefined) return { do: 'wait', why: `it is locked (${lock})`, again: busyMs };
  if (guest.status === want) return { do: 'done', why: `it is ${want}` };

  const before = request?.decision === decision ? request : undefined;
  const attempt = (before?.attempt ?? 0) + 1;
  const tries = before?.tries ?? 0;
  if (want === 'stopped' && guest.paused) {
    if (before?.error === pausedError) return { do: 'wait', why: pausedError, again: pausedMs };
    const failure = { error: pausedError, retry: true, tries, again: pausedMs };
    return { do: 'refuse', act: 'shutdown', attempt, ...failure };
  }
  if (want === 'running' && !look.quorate) return { do: 'wait', why: 'no quorum', again: blindMs };
  const act = want === 'running' ? 'start' : actToStop(before, forceStop);
  const pause = pauseLeftMs(before?.notBefore, now);
  // What made it wait is over as soon as a paused guest runs again, and a guest that hangs had its time.
  const overdue = before?.error === pausedError || (act === 'stop' && before !== undefined && isHung(before));
  if (pause > 0 && !overdue) return { do: 'wait', why: 'failed before', again: pause };
  const because = before?.error === undefined ? {} : { because: before.error };
  return { do: act, attempt, tries, ...because };
}
