import { died } from './api-error.ts';
import type { GuestState, GuestType } from './state.ts';
import type { Worker } from './tasks.ts';
import { boot, halt, isQuorate, pressPowerButton, type World } from './world.ts';

/** Who asks for what about which guest. The guest may not exist: some errors come in the task only. */
export interface PowerRequest {
  world: World;
  node: string;
  type: GuestType;
  vmid: number;
  /** `USER@REALM!TOKENID`, or root@pam for what the node does by itself. */
  user: string;
}

export interface ShutdownOptions {
  timeout?: number;
  forceStop?: boolean;
}

const guestWord = { qemu: 'VM', lxc: 'CT' } as const;

export function checkLock(guest: GuestState): void {
  if (guest.lock !== undefined) throw died(`${guestWord[guest.type]} is locked (${guest.lock})`);
}

export function checkQuorum(world: World): void {
  if (!isQuorate(world.state)) throw died('cluster not ready - no quorum?');
}

/** Looks once a second, as the real one does, whether the guest is off. */
async function waitForHalt(guest: GuestState, seconds: number, worker: Worker): Promise<boolean> {
  for (let waited = 0; waited < seconds && guest.status === 'running'; waited += 1) await worker.sleep(1);
  return guest.status === 'stopped';
}

/** Lets a guest's process start: its time, its failures and its warnings. */
export async function startProcess(world: World, guest: GuestState, worker: Worker): Promise<void> {
  await worker.sleep(guest.startSeconds ?? 2);
  if (guest.failsToStart !== undefined) throw died(guest.failsToStart);
  for (let warning = 0; warning < (guest.startWarnings ?? 0); warning += 1)
    worker.warn('iothread is only valid with virtio disk or virtio-scsi-single controller, ignoring');
  boot(world, guest);
}

/** Kills the guest's process. */
export async function killProcess(guest: GuestState, worker: Worker): Promise<void> {
  await worker.sleep(1);
  halt(guest);
}

/** Asks the guest to go down, waits, and kills it or gives up. `timedOut` is what giving up says. */
export async function shutDownProcess(
  world: World,
  guest: GuestState,
  worker: Worker,
  options: ShutdownOptions & { timedOut: string },
): Promise<void> {
  pressPowerButton(world, guest);
  if (await waitForHalt(guest, options.timeout ?? 60, worker)) return;
  if (!options.forceStop) throw died(options.timedOut);
  worker.log(`${guestWord[guest.type]} still running - terminating now with SIGTERM`);
  await killProcess(guest, worker);
}

/** Ends running tasks of one type for a guest (`overrule-shutdown`). */
export async function abortTasks(request: PowerRequest, type: string, worker: Worker): Promise<void> {
  const { tasks } = request.world;
  const overruled = tasks
    .list()
    .filter((task) => task.type === type && task.id === String(request.vmid) && task.endtime === undefined)
    .filter((task) => task.user === request.user);
  for (const task of overruled) {
    tasks.stop(task);
    await tasks.ended(task);
    worker.log(`overruled ${type} tasks: ${task.upid}`);
  }
}
