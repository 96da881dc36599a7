import type { SizeOf } from './act.ts';

interface Disk {
  readonly key: string;
  readonly sizeGib?: number;
}

/** In this order one is looked for. */
const bootKeys = [/^rootfs$/, /^scsi\d+$/, /^virtio\d+$/, /^sata\d+$/, /^ide\d+$/];

/** The disk that counts as its root disk, and that grows: a container's rootfs, else the first one of a VM. */
export function rootDisk<D extends Disk>(disks: readonly D[]): D | undefined {
  return bootKeys.map((key) => disks.find((disk) => key.test(disk.key))).find((disk) => disk !== undefined);
}

/** What a guest may use by its configuration. */
export function sizeOfConfig(config: {
  readonly cores?: number;
  readonly memoryMib: number;
  readonly disks: readonly Disk[];
}): SizeOf {
  const { cores, memoryMib, disks } = config;
  const diskGib = rootDisk(disks)?.sizeGib;
  return { memoryMib, ...(cores !== undefined && { cores }), ...(diskGib !== undefined && { diskGib }) };
}
