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
import { guestOn, loadConfig } from './world.ts';

/*
 * The power actions of PVE::API2::Qemu and PVE::QemuServer: what is refused at once (500), what only
 * shows in the task, and in which order it is looked at.
 */

function find({ world, node, vmid }: PowerRequest): GuestState | undefined {
  return guestOn(world.state, node, 'qemu', vmid);
}

function load({ world, node, vmid }: PowerRequest): GuestState {
  return loadConfig(world.state, node, 'qemu', vmid);
}

/** PVE::QemuServer::check_running: it says it differently when the configuration is missing. */
function isRunning(request: PowerRequest): boolean {
  const guest = find(request);
  if (guest) return guest.status === 'running';
  throw died(`unable to find configuration file for VM ${request.vmid} on node '${request.node}'`);
}

function demandRunning(request: PowerRequest): void {
  if (!isRunning(request)) throw died(`VM ${request.vmid} not running`);
}

function fork(request: PowerRequest, type: string, work: (worker: Worker) => Promise<void>): string {
  const { world, node, vmid, user } = request;
  return world.tasks.fork(node, type, String(vmid), user, work).upid;
}

/** Runs under the config lock; a guest that is missing then fails in the task. */
function locked(request: PowerRequest, worker: Worker, work: (guest: GuestState) => Promise<void>) {
  const guest = load(request);
  return request.world.locks.hold(guest, worker, () => work(guest));
}

export function startQemu(request: PowerRequest): string {
  const { world } = request;
  checkQuorum(world);
  const managed = find(request);
  if (managed?.ha) return queueHaStart(request, managed);
  return fork(request, 'qmstart', (worker) =>
    locked(request, worker, async (guest) => {
      if (guest.template) throw died("you can't start a vm if it's a template");
      const running = guest.status === 'running';
      if (guest.lock === 'backup' && running) {
        delete guest.paused;
        return;
      }
      if (guest.lock !== 'suspended') checkLock(guest);
      if (running) throw died(`VM ${guest.vmid} already running`);
      await startProcess(world, guest, worker);
      if (guest.lock === 'suspended') delete guest.lock;
    }),
  );
}

async function stopWork(request: PowerRequest, worker: Worker): Promise<void> {
  isRunning(request);
  await locked(request, worker, async (guest) => {
    // Stopping what is stopped is fine, and that is looked at before the lock.
    if (guest.status === 'stopped') return;
    checkLock(guest);
    await killProcess(guest, worker);
  });
}

export function stopQemu(request: PowerRequest, overruleShutdown: boolean): string {
  const managed = find(request);
  if (managed?.ha) {
    if (overruleShutdown) throw badParameter({ 'overrule-shutdown': 'Not applicable for HA resources.' });
    return queueHaStop(request, managed, 0);
  }
  return fork(request, 'qmstop', async (worker) => {
    if (overruleShutdown) await abortTasks(request, 'qmshutdown', worker);
    await stopWork(request, worker);
  });
}

async function shutdownWork(request: PowerRequest, worker: Worker, options: ShutdownOptions) {
  isRunning(request);
  await locked(request, worker, async (guest) => {
    if (guest.status === 'stopped') return;
    checkLock(guest);
    const timedOut = 'VM quit/powerdown failed - got timeout';
    await shutDownProcess(request.world, guest, worker, { ...options, timedOut });
  });
}

export function shutdownQemu(request: PowerRequest, options: ShutdownOptions): string {
  const guest = find(request);
  const paused = guest?.paused === true && guest.status === 'running';
  if (paused && !options.forceStop) throw died('VM is paused - cannot shutdown');
  if (guest?.ha) return queueHaStop(request, guest, options.timeout ?? 60);
  // A paused guest never sees the power button: with forceStop it is stopped instead.
  return fork(request, 'qmshutdown', (worker) =>
    paused ? stopWork(request, worker) : shutdownWork(request, worker, options),
  );
}

export function rebootQemu(request: PowerRequest, options: ShutdownOptions): string {
  if (find(request)?.paused) throw died('VM is paused - cannot shutdown');
  demandRunning(request);
  return fork(request, 'qmreboot', async (worker) => {
    await shutdownWork(request, worker, options);
    // qmeventd sees the end of the process and starts the guest again, as root.
    startQemu({ ...request, user: 'root@pam' });
  });
}

export function suspendQemu(request: PowerRequest, toDisk: boolean): string {
  demandRunning(request);
  if (toDisk && load(request).ha) throw died('Cannot suspend HA managed VM to disk');
  return fork(request, toDisk ? 'qmsuspend' : 'qmpause', (worker) =>
    locked(request, worker, async (guest) => {
      if (guest.lock !== 'backup') checkLock(guest);
      if (guest.lock === 'backup' && toDisk) throw died('cannot suspend to disk during backup');
      if (!toDisk) {
        guest.paused = true;
        return;
      }
      await killProcess(guest, worker);
      guest.lock = 'suspended';
    }),
  );
}

export function resumeQemu(request: PowerRequest): string {
  const suspended = find(request)?.lock === 'suspended';
  if (!suspended) demandRunning(request);
  return fork(request, 'qmresume', (worker) =>
    locked(request, worker, async (guest) => {
      if (suspended) {
        await startProcess(request.world, guest, worker);
        delete guest.lock;
        return;
      }
      if (guest.paused && guest.lock !== 'backup') checkLock(guest);
      delete guest.paused;
    }),
  );
}
