import { died } from './api-error.ts';
import { newIdentity } from './identity.ts';
import { checkLock, killProcess, shutDownProcess, startProcess } from './power.ts';
import type { GuestState } from './state.ts';
import type { Worker } from './tasks.ts';
import { boot, halt, type World } from './world.ts';

/*
 * What others do with a guest and its power has to wait for: backups, rollbacks, migrations. Their tasks and locks are
 * those of PVE::VZDump, PVE::AbstractConfig and PVE::QemuMigrate.
 */

export interface WorkOptions {
  /** Who does it (default root@pam). */
  readonly user?: string;
  /** How long it takes, in simulated seconds. */
  readonly seconds?: number;
}

export interface BackupOptions extends WorkOptions {
  /** `stop`: the guest is shut down and started again for it. A QEMU guest that is off is up, in prelaunch, meanwhile. */
  readonly mode?: 'snapshot' | 'stop';
  /** Part of a job over several guests: its task names none of them. */
  readonly job?: boolean;
}

const prefix = (guest: GuestState): 'qm' | 'vz' => (guest.type === 'qemu' ? 'qm' : 'vz');

/** A task within a task, in root's name, as `qm` and `pct` make one. */
async function within(
  world: World,
  guest: GuestState,
  act: 'start' | 'shutdown',
  work: (worker: Worker) => Promise<void>,
): Promise<void> {
  const type = `${prefix(guest)}${act}`;
  await world.tasks.ended(world.tasks.fork(guest.node, type, String(guest.vmid), 'root@pam', work));
}

async function locked(guest: GuestState, lock: string, work: () => Promise<void>): Promise<void> {
  checkLock(guest);
  guest.lock = lock;
  await work();
  // Only here: when the node dies in the midst of it, the lock stays.
  delete guest.lock;
}

function bounce(world: World, guest: GuestState): Promise<void> {
  const options = { timeout: 600, forceStop: false, timedOut: 'got timeout' };
  return within(world, guest, 'shutdown', (worker) => shutDownProcess(world, guest, worker, options));
}

/** Backs a guest up; answers the UPID. */
export function backup(world: World, guest: GuestState, options: BackupOptions = {}): string {
  const { user = 'root@pam', seconds = 60, mode = 'snapshot', job = false } = options;
  return world.tasks.fork(guest.node, 'vzdump', job ? '' : String(guest.vmid), user, (worker) =>
    locked(guest, 'backup', async () => {
      const ran = guest.status === 'running';
      const stops = ran && mode === 'stop';
      if (stops) await bounce(world, guest);
      // A VM is backed up by its own process: one that is off gets a process that executes nothing.
      if (guest.type === 'qemu' && !ran) {
        boot(world, guest);
        guest.paused = true;
      }
      const start = () => within(world, guest, 'start', (one) => startProcess(world, guest, one));
      if (stops && guest.type === 'qemu') await start();
      await worker.sleep(seconds);
      if (stops && guest.type === 'lxc') await start();
      if (guest.type === 'qemu' && !ran) halt(guest);
    }),
  ).upid;
}

/** Puts a guest back to a snapshot without memory: it is off afterwards, unless it is to be started. */
export function rollback(
  world: World,
  guest: GuestState,
  options: WorkOptions & { readonly start?: boolean } = {},
): string {
  const { user = 'root@pam', seconds = 10, start = false } = options;
  return world.tasks.fork(
    guest.node,
    `${prefix(guest)}rollback`,
    String(guest.vmid),
    user,
    async (worker) => {
      await locked(guest, 'rollback', async () => {
        if (guest.status === 'running') await killProcess(guest, worker);
        await worker.sleep(seconds);
      });
      if (start) await within(world, guest, 'start', (one) => startProcess(world, guest, one));
    },
  ).upid;
}

export interface RestoreOptions extends WorkOptions {
  readonly start?: boolean;
  /** It gets a MAC of its own, and a VM a uuid, as when the original goes on beside it. */
  readonly unique?: boolean;
}

/** Overwrites a guest that is off with a backup of it; answers the UPID. */
export function restore(world: World, guest: GuestState, options: RestoreOptions = {}): string {
  const { user = 'root@pam', seconds = 30, start = false, unique = false } = options;
  const type = `${prefix(guest)}restore`;
  return world.tasks.fork(guest.node, type, String(guest.vmid), user, async (worker) => {
    if (guest.status === 'running') throw died(`unable to restore VM ${guest.vmid} - vm is running`);
    await locked(guest, 'create', () => worker.sleep(seconds));
    if (unique) Object.assign(guest, newIdentity(guest));
    if (start) await within(world, guest, 'start', (one) => startProcess(world, guest, one));
  }).upid;
}

async function move(world: World, guest: GuestState, target: string, worker: Worker, seconds: number) {
  const running = guest.status === 'running';
  // A container cannot move while it runs.
  if (running && guest.type === 'lxc') await bounce(world, guest);
  await worker.sleep(seconds);
  guest.node = target;
  if (!running) return;
  // The process on the target is a new one, started there in root's name.
  await within(world, guest, 'start', async (one) => {
    if (guest.type === 'lxc') await startProcess(world, guest, one);
    else guest.startedAt = world.clock.now();
  });
}

/** Moves a guest to another node, running or not; answers the UPID. HA's guests are moved by their manager, later. */
export function migrate(world: World, guest: GuestState, target: string, options: WorkOptions = {}): string {
  const { user = 'root@pam', seconds = 30 } = options;
  const type = guest.type === 'qemu' ? 'qmigrate' : 'vzmigrate';
  const go = (by: string): string =>
    world.tasks.fork(guest.node, type, String(guest.vmid), by, (worker) => {
      if (guest.node === target) throw died('target is local node.');
      return locked(guest, 'migrate', () => move(world, guest, target, worker, seconds));
    }).upid;
  if (!guest.ha) return go(user);
  const queued = world.tasks.fork(guest.node, 'hamigrate', String(guest.vmid), user, async (worker) =>
    worker.log(`Requesting HA migration for ${prefix(guest) === 'qm' ? 'VM' : 'CT'} ${guest.vmid}`),
  );
  world.later(world.durations.haDelay, () => go('root@pam'));
  return queued.upid;
}
