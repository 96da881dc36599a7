import { died } from './api-error.ts';
import { demandDigest } from './change.ts';
import { demand } from './permissions.ts';
import { checkLock } from './power.ts';
import type { Call } from './route.ts';
import type { DiskState, GuestState, GuestType } from './state.ts';
import { demandSpace, disksOf, volumeOf } from './storage.ts';
import { loadConfig } from './world.ts';

const gibOf: Readonly<Record<string, number>> = { '': 2 ** -30, K: 2 ** -20, M: 2 ** -10, G: 1, T: 1024 };

/** `32G` is the size in all, `+2G` is what is added. */
function newSize(disk: DiskState, size: string): number {
  const [, plus, number, unit = ''] = /^(\+)?(\d+(?:\.\d+)?)([KMGT])?$/.exec(size) ?? [];
  return (plus === undefined ? 0 : disk.gib) + Number(number) * (gibOf[unit] ?? 0);
}

function diskOf(guest: GuestState, key: string): DiskState {
  const disk = disksOf(guest).find((one) => one.key === key);
  if (disk) return disk;
  throw died(`disk '${key}' does not exist`);
}

const noShrinking: Readonly<Record<GuestType, string>> = {
  qemu: 'shrinking disks is not supported',
  lxc: 'unable to shrink disk size',
};

/** Everything that can be wrong, in the order of the real one. Answers the new size. */
function check({ world, values, token }: Call, guest: GuestState): number {
  demandDigest(guest, values.digest);
  checkLock(guest);
  const disk = diskOf(guest, String(values.disk));
  demand(world.state, token, `/storage/${disk.storage}`, 'Datastore.AllocateSpace');
  const gib = newSize(disk, String(values.size));
  if (gib < disk.gib) throw died(noShrinking[guest.type]);
  const volume = volumeOf(guest, disk);
  demandSpace(world.state, guest.node, { storage: disk.storage, gib: gib - disk.gib, volume });
  return gib;
}

/** Makes a disk bigger. A container's is looked at before the task, a VM's in it. */
export function resize(call: Call, type: GuestType): string {
  const { world, values, token } = call;
  const [node, vmid] = [String(values.node), Number(values.vmid)];
  const load = () => loadConfig(world.state, node, type, vmid);
  if (type === 'lxc') check(call, load());
  return world.tasks.fork(node, 'resize', String(vmid), token.id, async (worker) => {
    await world.locks.hold(load(), worker, async () => {
      const guest = load();
      const gib = check(call, guest);
      await worker.sleep(world.durations.resize);
      const key = String(values.disk);
      guest.disks = disksOf(guest).map((disk) => (disk.key === key ? { ...disk, gib } : disk));
    });
  }).upid;
}
