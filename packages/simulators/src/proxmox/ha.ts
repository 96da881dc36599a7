import type { PowerRequest } from './power.ts';
import { killProcess, shutDownProcess, startProcess } from './power.ts';
import type { GuestState, HaState, NodeState } from './state.ts';
import type { Task, Worker } from './tasks.ts';
import { isQuorate, type World } from './world.ts';

/*
 * HA: the task that the API returns is OK as soon as the request is queued. The node's resource manager
 * acts later, in a task of its own as root@pam.
 */

function queue(request: PowerRequest, guest: GuestState, state: HaState['state'], type: string): string {
  const { world, node, vmid, user } = request;
  const word = guest.type === 'qemu' ? 'VM' : 'CT';
  const asked = type === 'hastart' ? 'start' : 'stop';
  guest.ha = { ...guest.ha, state };
  return world.tasks.fork(node, type, String(vmid), user, async (worker) => {
    worker.log(`Requesting HA ${asked} for ${word} ${vmid}`);
  }).upid;
}

/** Acts on the request once the manager gets to it, unless another request came after it. */
function actLater(request: PowerRequest, guest: GuestState, act: () => void): void {
  const requested = guest.ha;
  request.world.later(request.world.durations.haDelay, () => {
    if (guest.ha === requested) act();
  });
}

function forkAsManager(
  { world }: { world: World },
  guest: GuestState,
  act: 'start' | 'shutdown' | 'stop',
  work: (worker: Worker) => Promise<void>,
): Task {
  const type = `${guest.type === 'qemu' ? 'qm' : 'vz'}${act}`;
  return world.tasks.fork(guest.node, type, String(guest.vmid), 'root@pam', async (worker) => {
    worker.log('task started by HA resource agent');
    await world.locks.hold(guest, worker, () => work(worker));
  });
}

export function queueHaStart(request: PowerRequest, guest: GuestState): string {
  const upid = queue(request, guest, 'request_start', 'hastart');
  actLater(request, guest, () => {
    startAsManager(request.world, guest);
  });
  return upid;
}

function startAsManager(world: World, guest: GuestState): void {
  guest.ha = { state: 'started' };
  if (guest.status === 'running') return;
  forkAsManager({ world }, guest, 'start', (worker) => startProcess(world, guest, worker));
}

/** `timeout` 0 stops at once; otherwise the manager shuts down and kills what did not listen. */
export function queueHaStop(request: PowerRequest, guest: GuestState, timeout: number): string {
  const upid = queue(request, guest, 'request_stop', 'hastop');
  const type = timeout > 0 ? 'shutdown' : 'stop';
  actLater(request, guest, () => {
    forkAsManager(request, guest, type, async (worker) => {
      const options = { timeout, forceStop: true, timedOut: '' };
      if (timeout > 0) await shutDownProcess(request.world, guest, worker, options);
      else await killProcess(guest, worker);
      guest.ha = { state: 'stopped' };
    });
  });
  return upid;
}

/** The manager of a node that shuts down stops what it runs; what is wanted of it stays, so others will take it over. */
export function stopWithNode(world: World, guest: GuestState, timeout: number): Task {
  const options = { timeout, forceStop: true, timedOut: '' };
  return forkAsManager({ world }, guest, 'shutdown', (worker) =>
    shutDownProcess(world, guest, worker, options),
  );
}

const wantedToRun = new Set<string>(['started', 'request_start', 'fence']);

function wanted(world: World, node: NodeState): GuestState[] {
  return world.state.guests.filter(
    (guest) => guest.node === node.name && wantedToRun.has(guest.ha?.state ?? ''),
  );
}

/** A node is back: its manager starts what HA wants to run, once there is quorum. */
export function startWithNode(world: World, node: NodeState): void {
  world.later(world.durations.haDelay, () => {
    if (!node.online) return;
    if (isQuorate(world.state)) for (const guest of wanted(world, node)) startAsManager(world, guest);
    else startWithNode(world, node);
  });
}

/** A node is gone: once it is fenced, a quorate cluster starts elsewhere what HA wants to run. */
export function recover(world: World, node: NodeState, after = world.durations.haRecovery): void {
  const quorate = isQuorate(world.state);
  for (const guest of world.state.guests) {
    if (guest.node !== node.name || guest.ha === undefined) continue;
    if (guest.ha.state === 'request_stop') guest.ha = { state: 'stopped' };
    else if (quorate && wantedToRun.has(guest.ha.state)) guest.ha = { state: 'fence' };
  }
  if (wanted(world, node).length === 0) return;
  world.later(after, () => {
    if (node.online) return;
    const target = world.state.nodes.find((one) => one.online && one.leaving === undefined);
    if (!target || !isQuorate(world.state)) {
      recover(world, node, world.durations.haDelay);
      return;
    }
    for (const guest of wanted(world, node)) {
      guest.node = target.name;
      startAsManager(world, guest);
    }
  });
}
