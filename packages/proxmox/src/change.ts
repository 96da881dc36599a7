import type { Proxmox } from 'proxmox-api';
import { type GuestType, pathOf } from './guest-path.ts';
import { upidOf } from './upid.ts';

/** Settings by Proxmox's own names. */
export interface ConfigValues {
  /** QEMU only. */
  name?: string;
  /** LXC only. */
  hostname?: string;
  description?: string;
  onboot?: boolean;
  cores?: number;
  /** QEMU only. */
  sockets?: number;
  /** MiB. */
  memory?: number;
  tags?: string;
  /** QEMU's cloud-init: the user that gets the keys. */
  ciuser?: string;
  /** QEMU's cloud-init: OpenSSH lines as they are; they are encoded here. */
  sshkeys?: readonly string[];
  /** QEMU's cloud-init: `ip=dhcp`. */
  ipconfig0?: string;
  /** Settings to take away. */
  delete?: readonly string[];
}

/** `sshkeys` has an encoding of its own before that of the form, whose blank, `+`, Proxmox refuses there. */
export function encodeSshKeys(lines: readonly string[]): string {
  return encodeURIComponent(lines.join('\n'));
}

/**
 * Changes a guest's configuration at once; what a running VM cannot take over waits for its next start. With `digest`, of
 * the configuration on which the change is based, it is refused when somebody else changed it meanwhile (`domain`:
 * «detected modified configuration»). Needs VM.Config.* by setting. Throws `bad-parameter` naming the setting, and
 * `locked`. Sent once: see `mayHaveArrived` when it fails.
 */
export async function setConfig(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
  values: ConfigValues,
  digest?: string,
): Promise<void> {
  const { sshkeys, delete: removed, memory, ...rest } = values;
  const shared = {
    ...rest,
    ...(removed !== undefined && { delete: removed.join(',') }),
    ...(digest !== undefined && { digest }),
  };
  const on = api.nodes.$(node);
  // A setting that this type does not have is Proxmox's to refuse, by its name.
  if (type === 'lxc') {
    await on.lxc.$(vmid).config.$put({ ...shared, ...(memory !== undefined && { memory }) });
    return;
  }
  await on.qemu.$(vmid).config.$put({
    ...shared,
    ...(memory !== undefined && { memory: String(memory) }),
    ...(sshkeys !== undefined && { sshkeys: encodeSshKeys(sshkeys) }),
  });
}

/**
 * Makes a disk bigger, to so many GiB in all, and returns the task's UPID. To what it has is nothing done; a smaller size
 * is refused, for a VM in the task («shrinking disks is not supported»), for a container at once. Needs VM.Config.Disk,
 * and Datastore.AllocateSpace on the storage. Sent once: see `mayHaveArrived` when it fails.
 */
export async function resizeDisk(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
  disk: string,
  sizeGib: number,
): Promise<string> {
  const size = `${sizeGib}G`;
  const on = api.nodes.$(node);
  // Which disks there can be is Proxmox's to say.
  const answer: unknown =
    type === 'qemu'
      ? await on.qemu.$(vmid).resize.$put({ size, disk: disk as Proxmox.Tdisk_1 })
      : await on.lxc.$(vmid).resize.$put({ size, disk: disk as Proxmox.Tdisk_2 });
  return upidOf(`PUT ${pathOf(node, type, vmid)}/resize`, answer);
}
