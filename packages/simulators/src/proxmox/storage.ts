import { died } from './api-error.ts';
import type { DiskState, GuestState, ProxmoxState, StorageState } from './state.ts';

/** What a node has after its installation. */
const defaults: readonly StorageState[] = [
  {
    id: 'local',
    type: 'dir',
    content: ['iso', 'vztmpl', 'backup'],
    totalGib: 90,
    usedGib: 8,
    templates: ['debian-13-standard_13.1-2_amd64.tar.zst'],
  },
  { id: 'local-lvm', type: 'lvmthin', content: ['images', 'rootdir'], totalGib: 8192 },
];

export function storagesOf(state: ProxmoxState): readonly StorageState[] {
  return state.storages ?? defaults;
}

export function isOn(storage: StorageState, node: string): boolean {
  return storage.nodes?.includes(node) ?? true;
}

/** Throws the 500 for a storage that is not there, or not on this node. */
export function storageOn(state: ProxmoxState, node: string, id: string): StorageState {
  const found = storagesOf(state).find((one) => one.id === id);
  if (!found) throw died(`storage '${id}' does not exist`);
  if (!isOn(found, node)) throw died(`storage '${id}' is not available on node '${node}'`);
  return found;
}

const defaultDisks: Readonly<Record<GuestState['type'], readonly DiskState[]>> = {
  qemu: [{ key: 'scsi0', storage: 'local-lvm', gib: 32 }],
  lxc: [{ key: 'rootfs', storage: 'local-lvm', gib: 32 }],
};

export function disksOf(guest: GuestState): readonly DiskState[] {
  return guest.disks ?? defaultDisks[guest.type];
}

/** The volumes are numbered in the order of the disks. */
export function volumeOf(guest: GuestState, disk: DiskState): string {
  const kind = guest.template ? 'base' : 'vm';
  return `${disk.storage}:${kind}-${guest.vmid}-disk-${disksOf(guest).indexOf(disk)}`;
}

/** GiB that are used as a node sees it. */
export function usedGib(state: ProxmoxState, node: string, storage: StorageState): number {
  const there = state.guests.filter((guest) => storage.shared || guest.node === node);
  const disks = there.flatMap((guest) => guest.disks ?? []);
  const own = disks.filter((disk) => disk.storage === storage.id && disk.base === undefined);
  return own.reduce((sum, disk) => sum + disk.gib, storage.usedGib ?? 0);
}

/** What ZFS and LVM say of it. */
function fullOf({ id, type }: StorageState, volume: string): string {
  if (type === 'zfspool') return `zfs error: cannot create '${id}/${volume}': out of space`;
  return `lvcreate 'pve/${volume}' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold. (out of space)`;
}

/** Throws what the task says when so much more does not fit. */
export function demandSpace(
  state: ProxmoxState,
  node: string,
  wanted: { readonly storage: string; readonly gib: number; readonly volume: string },
): void {
  const storage = storageOn(state, node, wanted.storage);
  if (storage.away) throw died(`storage '${storage.id}' is not online`);
  if (usedGib(state, node, storage) + wanted.gib > storage.totalGib)
    throw died(fullOf(storage, wanted.volume));
}
