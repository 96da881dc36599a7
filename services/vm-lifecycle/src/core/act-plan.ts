import { type ActState, ownTask, type ResizeStep, type SizeOf } from './act.ts';
import { comingUp } from './attribution.ts';
import { type GuestNow, type GuestTask, lockedBy } from './guest.ts';
import type { TaskState, Wait } from './plan.ts';
import { lockedOut } from './request.ts';
import { sinceMs } from './retry.ts';

/** What was seen of the guest that is meant. */
export interface ActSight {
  readonly now: GuestNow;
  readonly tasks: readonly GuestTask[];
  /** By its configuration, in force or pending. */
  readonly size: SizeOf;
  /** Another guest stands under the vmid. */
  readonly another: boolean;
  readonly quorate: boolean;
  /** How the task of an act that was accepted stands. */
  readonly task?: TaskState | undefined;
}

/** `gone`: nothing stands under the vmid where it was. */
export type ActLook =
  | { readonly blind: string }
  | { readonly gone: true; readonly tasks: readonly GuestTask[]; readonly task?: TaskState | undefined }
  | ActSight;

export interface ActSituation {
  readonly now: Date;
  readonly act: ActState;
  readonly look: ActLook;
  /** Why policy, or a hold, keeps it from being done; undefined when nothing does. */
  readonly kept: string | undefined;
  /** A request of policy's about the guest is in flight. */
  readonly inFlight: boolean;
  /** The user of our token's tasks. */
  readonly token: string;
  /** UPIDs of other requests and acts about this guest. */
  readonly taken: readonly string[];
}

/** What to do next about what a person asked. */
export type ActPlan =
  | Wait
  | { readonly do: 'ask'; readonly attempt: number; readonly step?: ResizeStep; readonly because?: string }
  | { readonly do: 'adopt'; readonly upid: string }
  | { readonly do: 'done'; readonly pending?: boolean }
  | { readonly do: 'fail'; readonly error: string };

const lookMs = 500;
/** How long a request whose answer was lost may still be on its way to becoming a task. */
const arrivalMs = 5_000;
/** What a guest may take to be seen as its task left it: ha-manager only queues, and a reboot's start is a task of its own. */
const afterTaskMs = 120_000;
/** Nobody waits for longer than this for what they asked: a backup of the whole night is said instead. */
const longestWaitMs = 60 * 60_000;
const tries = 3;
/** A resize is asked for in two steps. */
const triesOfResize = 2 * tries;

/**
 * The next step of what a person asked: nothing is sent twice while anything is seen of it, and nothing to another guest than the one that was
 * meant. Locks, running tasks and what policy has in flight are waited for, for an hour at most.
 */
export function planAct(situation: ActSituation): ActPlan {
  const { act, now } = situation;
  const plan = act.phase === 'requested' ? planFirst(situation) : followAct(situation);
  if (plan.do !== 'wait' || act.phase !== 'requested') return plan;
  const waited = sinceMs(new Date(act.requestedAt), now) > longestWaitMs;
  return waited ? { do: 'fail', error: `it was waited for during an hour: ${plan.why}` } : plan;
}

function planFirst({ act, look, kept, inFlight }: ActSituation): ActPlan {
  if ('blind' in look) return wait(look.blind);
  if ('gone' in look) return wait('it is not there, or it moves');
  if (look.another) return fail(replaced);
  const done = already(act, look);
  if (done) return done;
  if (kept !== undefined) return fail(kept);
  if (inFlight) return wait('policy asked something of it, which is under way');
  const busy = busyWith(act, look);
  return busy === undefined ? ask(act, look) : wait(busy);
}

const replaced = 'another guest stands under its number by now: nothing was done to it';

/** What needs nothing any more, or never can be done. */
function already(act: ActState, { now, size }: ActSight): ActPlan | undefined {
  const runs = now.status === 'running';
  switch (act.what) {
    case 'start':
      return runs ? (now.paused ? fail('it is paused: resume it in Proxmox') : { do: 'done' }) : undefined;
    case 'shutdown':
      if (runs && now.paused) return fail('it is paused, and cannot shut down: stop it');
      return runs ? undefined : { do: 'done' };
    case 'stop':
      return runs ? undefined : { do: 'done' };
    case 'reboot':
      return runs ? undefined : fail('it is off: start it');
    case 'delete':
      return runs ? fail('it runs: shut it down first') : undefined;
    case 'resize':
      return stepOf(act.size, size) === undefined ? { do: 'done' } : undefined;
  }
}

function busyWith({ what }: ActState, { now, tasks, quorate }: ActSight): string | undefined {
  const lock = lockedBy(now);
  if (lock !== undefined) return `it is locked (${lock})`;
  const running = tasks.find((task) => task.running);
  // Who pulls the plug does it because a shutdown takes too long.
  const stopsShutdown = what === 'stop' && running !== undefined && /^(qm|vz)shutdown$/.test(running.type);
  if (running !== undefined && !stopsShutdown) return `its task ${running.type} runs`;
  return !quorate && what !== 'shutdown' && what !== 'stop' ? 'the cluster has no quorum' : undefined;
}

/** What is left to ask of a resize: undefined when it is as it was asked. Nothing gets smaller. */
export function stepOf(asked: SizeOf = {}, has: SizeOf): ResizeStep | undefined {
  const less = (key: keyof SizeOf) => asked[key] !== undefined && (has[key] ?? 0) < asked[key];
  if (less('diskGib')) return 'disk';
  return less('cores') || less('memoryMib') ? 'config' : undefined;
}

function followAct(situation: ActSituation): ActPlan {
  const { act, look, now, token, taken } = situation;
  if ('blind' in look) return wait(look.blind);
  if (act.phase === 'accepted') return followAccepted(situation, look);
  const trace = ownTask(act, look.tasks, { token, taken, now });
  if (trace) return { do: 'adopt', upid: trace.upid };
  const since = sinceMs(new Date(act.askedAt ?? act.requestedAt), now);
  if (since < arrivalMs) return wait('its answer was lost', arrivalMs - since);
  // Only a task of ours is proof that it was us.
  if ('gone' in look) return wait('it is not there, or it moves');
  if (look.another) return fail(replaced);
  const done = act.what === 'delete' || act.what === 'reboot' ? undefined : already(act, look);
  if (done) return done;
  return askAgain(situation, look, 'no answer, and no trace of it');
}

function followAccepted(situation: ActSituation, look: Exclude<ActLook, { blind: string }>): ActPlan {
  const { act, now } = situation;
  // What was done at once has no task.
  if (act.upid !== undefined) {
    const { task } = look;
    if (task === undefined) return wait('its task was not seen');
    if (task.state === 'running') return wait('its task runs');
    if (task.state === 'ended' && !task.ok) return failedTask(situation, look, task.exit);
    if (act.what === 'delete' && task.state === 'ended') return { do: 'done' };
  }
  if ('gone' in look) return act.what === 'delete' ? { do: 'done' } : wait('it is not there, or it moves');
  if (look.another) return act.what === 'delete' ? { do: 'done' } : fail(replaced);
  if (act.what === 'resize') return nextStep(situation, look);
  if (reached(act, look)) return { do: 'done' };
  const since = sinceMs(new Date(act.askedAt ?? act.requestedAt), now);
  const queued = look.now.ha || act.what === 'reboot';
  if (queued && since < afterTaskMs) return wait('it is not so yet');
  return fail(`its task ended well, but it is ${look.now.status}: somebody turned it back`);
}

function reached({ what }: ActState, { now, tasks }: ActSight): boolean {
  if (what === 'delete') return false;
  if (what === 'start' || what === 'reboot') return now.status === 'running';
  return now.status === 'stopped' && comingUp(tasks) === undefined;
}

/** Of a running guest, cores and memory are pending until its next start, so that what it has does not say whether they were set. */
function nextStep(situation: ActSituation, look: ActSight): ActPlan {
  const { act } = situation;
  const step = stepOf(act.size, look.size);
  if (step === undefined) return { do: 'done' };
  const isPending = step === 'config' && act.step === 'config' && look.now.status === 'running';
  if (isPending) return { do: 'done', pending: true };
  return askAgain(situation, look, undefined);
}

function failedTask(situation: ActSituation, look: ActLook, error: string): ActPlan {
  if (!('now' in look) || look.another || !lockedOut.test(error)) return fail(error);
  return askAgain(situation, look, error);
}

function askAgain({ act, kept }: ActSituation, look: ActSight, because: string | undefined): ActPlan {
  const most = act.what === 'resize' ? triesOfResize : tries;
  if (act.attempt >= most) return fail(because ?? 'it did not become so');
  if (kept !== undefined) return fail(kept);
  const busy = busyWith(act, look);
  if (busy !== undefined) return wait(busy);
  return { ...ask(act, look), ...(because !== undefined && { because }) };
}

function ask(act: ActState, { size }: ActSight): ActPlan & { do: 'ask' } {
  const step = act.what === 'resize' ? stepOf(act.size, size) : undefined;
  return { do: 'ask', attempt: act.attempt + 1, ...(step && { step }) };
}

function wait(why: string, again = lookMs): Wait {
  return { do: 'wait', why, again };
}

function fail(error: string): ActPlan {
  return { do: 'fail', error };
}
