import { badParameter, died } from './api-error.ts';
import { queueHaStart, queueHaStop } from './ha.ts';
import {
  abortTasks,
  checkLock,
  checkQuorum,
  killProcess,
  type PowerRequest,
  type ShutdownOptions,
  shutDownProcess,
  startProcess,
} from './power.ts';
import type { GuestState } from './state.ts';
import type { Worker } from './tasks.ts';
import { guestOn, halt, loadConfig } from './world.ts';

/*
 * The power actions of PVE::API2::LXC::Status. Unlike with a VM, "not running" and "already running"
 * are refused at once, and a container that does not exist is simply not running.
 */

function find({ world, node, vmid }: PowerRequest): GuestState | undefined {
  return guestOn(world.state, node, 'lxc', vmid);
}

function running(request: PowerRequest, word = 'CT'): GuestState {
  const guest = find(request);
  if (guest?.status === 'running') return guest;
  throw died(`${word} ${request.vmid} not running`);
}

function demandStopped(request: PowerRequest): void {
  if (find(request)?.status === 'running') throw died(`CT ${request.vmid} already running`);
}

function fork(
  request: PowerRequest,
  type: string,
  work: (worker: Worker, guest: GuestState) => Promise<void>,
  before?: (worker: Worker) => Promise<void>,
): string {
  const { world, node, vmid, user } = request;
  return world.tasks.fork(node, type, String(vmid), user, async (worker) => {
    await before?.(worker);
    const guest = loadConfig(world.state, node, 'lxc', vmid);
    await world.locks.hold(guest, worker, () => work(worker, guest));
  }).upid;
}

export function startLxc(request: PowerRequest): string {
  demandStopped(request);
  checkQuorum(request.world);
  const managed = find(request);
  if (managed?.ha) return queueHaStart(request, managed);
  return fork(request, 'vzstart', async (worker, guest) => {
    if (guest.template) throw died("you can't start a CT if it's a template");
    checkLock(guest);
    await startProcess(request.world, guest, worker);
  });
}

export function stopLxc(request: PowerRequest, overruleShutdown: boolean): string {
  const now = running(request);
  if (now.ha) {
    if (overruleShutdown) throw badParameter({ 'overrule-shutdown': 'Not applicable for HA resources.' });
    return queueHaStop(request, now, 0);
  }
  return fork(
    request,
    'vzstop',
    async (worker, guest) => {
      checkLock(guest);
      if (guest.status === 'running') await killProcess(guest, worker);
    },
    async (worker) => {
      if (overruleShutdown) await abortTasks(request, 'vzshutdown', worker);
    },
  );
}

async function shutDown(request: PowerRequest, worker: Worker, guest: GuestState, options: ShutdownOptions) {
  if (guest.status !== 'running') return;
  await shutDownProcess(request.world, guest, worker, { ...options, timedOut: 'container did not stop' });
}

export function shutdownLxc(request: PowerRequest, options: ShutdownOptions): string {
  const now = running(request);
  if (now.ha) return queueHaStop(request, now, options.timeout ?? 60);
  return fork(request, 'vzshutdown', async (worker, guest) => {
    checkLock(guest);
    await shutDown(request, worker, guest, options);
  });
}

export function rebootLxc(request: PowerRequest, options: ShutdownOptions): string {
  // The real one says VM here, of a container.
  running(request, 'VM');
  return fork(request, 'vzreboot', async (worker, guest) => {
    await shutDown(request, worker, guest, { ...options, forceStop: true });
    await startProcess(request.world, guest, worker);
  });
}

export function suspendLxc(request: PowerRequest): string {
  running(request);
  return fork(request, 'vzsuspend', async (worker, guest) => {
    checkLock(guest);
    await worker.sleep(1);
    halt(guest);
  });
}

export function resumeLxc(request: PowerRequest): string {
  demandStopped(request);
  return fork(request, 'vzresume', async (worker, guest) => {
    await startProcess(request.world, guest, worker);
  });
}
