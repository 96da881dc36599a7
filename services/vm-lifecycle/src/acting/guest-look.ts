import type { Clock } from '@huismeester/service';
import { answerOf, unlessNodeIsGone } from '../adapters/call.ts';
import { lookFrom } from '../core/follow.ts';
import type { Guest, GuestTask } from '../core/guest.ts';
import { isAnother } from '../core/incarnation.ts';
import type { Look, Plan, TaskState } from '../core/plan.ts';
import { reconcile } from '../core/reconcile.ts';
import { isInFlight, type Request } from '../core/request.ts';
import type { HypervisorPoller } from '../polling/poller.ts';
import type { Hypervisor } from '../ports.ts';
import type { ManagedGuest } from './context.ts';

/** What ha-manager may take beyond a guest's own time. */
const haExtraMs = 60_000;

/** Looks at a guest, if there is anything to look for; what is to be done about it. `forPeople`: UPIDs of what people asked of it. */
export async function planFor(
  { guest, desired, request, poller, limits }: ManagedGuest,
  clock: Clock,
  forPeople: readonly string[] = [],
): Promise<{ plan: Plan; look: Look }> {
  const situation = {
    desired,
    request,
    token: poller.hypervisor.token,
    upids: [...(request?.upids ?? []), ...forPeople],
    haDeadlineMs: limits.shutdownTimeoutMs + haExtraMs,
    shutdownTimeoutMs: limits.shutdownTimeoutMs,
    forceStop: limits.forceStop.includes(guest.class),
  };
  const blind: Look = { blind: 'not looked yet' };
  // Most decisions ask for nothing, and Proxmox need not be asked to find that out.
  const idle = reconcile({ ...situation, look: blind, now: clock.now() });
  if (idle.do === 'nothing') return { plan: idle, look: blind };
  const look = await lookAt(guest, isInFlight(request) ? request : undefined, poller, clock.now());
  return { plan: reconcile({ ...situation, look, now: clock.now() }), look };
}

async function lookAt(
  guest: Guest,
  inFlight: Request | undefined,
  poller: HypervisorPoller,
  now: Date,
): Promise<Look> {
  const view = poller.view(guest);
  if (view.blind !== undefined) return { blind: view.blind };
  const { hypervisor } = poller;
  const seen = await answerOf(async () => {
    const [task, tasks, left, early, config] = await Promise.all([
      inFlight && taskOf(hypervisor, guest, inFlight),
      hypervisor.guestTasks(guest, inFlight && lookFrom(inFlight, now)),
      inFlight === undefined ? [] : tasksLeftBehind(hypervisor, guest, inFlight, now),
      inFlight === undefined ? hypervisor.guestNow(guest) : undefined,
      // Before a request: whether it is the guest that was decided about, since a vmid is reused at once.
      inFlight === undefined && guest.incarnation !== undefined ? hypervisor.guestConfig(guest) : undefined,
    ]);
    // With a request in flight the guest comes last: what it does after the end of a task is what counts.
    const guestNow = early ?? (await hypervisor.guestNow(guest));
    const another = config && isAnother(guest.incarnation, config) === true;
    return {
      guest: guestNow,
      tasks: [...tasks, ...left],
      quorate: view.quorate,
      ...(task && { task }),
      ...(another && { another }),
    };
  });
  if (!('code' in seen)) return seen;
  // It may stand elsewhere by now.
  poller.pollNow();
  return { blind: `it cannot be looked at (${seen.code})` };
}

async function taskOf(
  hypervisor: Hypervisor,
  guest: Guest,
  { node, upid }: Request,
): Promise<TaskState | undefined> {
  if (upid === undefined) return undefined;
  const ask = () => hypervisor.taskState(node, upid);
  return node === guest.node ? await ask() : await unlessNodeIsGone(ask, { state: 'gone' });
}

/** A guest that moved left the traces of what was asked of it on the node where it was. */
async function tasksLeftBehind(
  hypervisor: Hypervisor,
  guest: Guest,
  inFlight: Request,
  now: Date,
): Promise<GuestTask[]> {
  const { node } = inFlight;
  if (node === guest.node || inFlight.upid !== undefined) return [];
  const ask = () => hypervisor.guestTasks({ ...guest, node }, lookFrom(inFlight, now));
  return await unlessNodeIsGone(ask, []);
}
