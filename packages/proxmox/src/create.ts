import type { Proxmox } from 'proxmox-api';
import { type GuestType, guestApi, pathOf } from './guest-path.ts';
import { upidOf } from './upid.ts';

interface CloneOptions {
  newid: number;
  /** A DNS name. */
  name: string;
  pool: string;
  /** Left out: the template's. */
  description?: string;
  /** A copy of the disks of its own; left out, a template gives a clone that goes on leaning on its disks. */
  full?: boolean;
  /** Only with `full`. */
  storage?: string;
  /** Another node than the template's; it must reach the template's storage. */
  target?: string;
}

/**
 * Clones a VM and returns the task's UPID. The clone has a uuid and MACs of its own, the tags and onboot of what it was
 * made from, and the lock `clone` until it is done. Needs VM.Clone on the template, VM.Allocate on the pool,
 * Datastore.AllocateSpace on the storage and SDN.Use on the bridges. Throws `domain` for an id that is taken on this
 * node; one that is taken elsewhere, and a template that is busy, fail in the task. Sent once: see `mayHaveArrived`.
 */
export async function cloneGuest(
  api: Proxmox.Api,
  node: string,
  templateVmid: number,
  options: CloneOptions,
): Promise<string> {
  const { newid, name, pool, description, full, storage, target } = options;
  const answer: unknown = await api.nodes
    .$(node)
    .qemu.$(templateVmid)
    .clone.$post({
      newid,
      name,
      pool,
      ...(description !== undefined && { description }),
      ...(full !== undefined && { full }),
      ...(storage !== undefined && { storage }),
      ...(target !== undefined && { target }),
    });
  return upidOf(`POST ${pathOf(node, 'qemu', templateVmid)}/clone`, answer);
}

interface ContainerOptions {
  vmid: number;
  hostname: string;
  /** The template's volume: `local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst`. */
  ostemplate: string;
  pool: string;
  description: string;
  cores: number;
  memoryMib: number;
  /** Where its root disk is made. */
  storage: string;
  diskGib: number;
  bridge: string;
  /** Of root, one OpenSSH line each; Proxmox takes them here and never again. */
  sshKeys: readonly string[];
  unprivileged: boolean;
}

/**
 * Makes a container out of an OS template and returns the task's UPID. Its eth0 asks for an address by DHCP and SLAAC.
 * Needs VM.Allocate and VM.Config.{CPU,Memory,Disk,Network,Options} on the pool, Datastore.AllocateSpace on the storage,
 * SDN.Use on the bridge, and, unless it is unprivileged, Sys.Modify on `/`. Throws `domain` for an id that is taken.
 * Sent once: see `mayHaveArrived` when it fails.
 */
export async function createContainer(
  api: Proxmox.Api,
  node: string,
  options: ContainerOptions,
): Promise<string> {
  const { vmid, hostname, ostemplate, pool, description, cores, unprivileged } = options;
  const answer: unknown = await api.nodes.$(node).lxc.$post({
    vmid,
    hostname,
    ostemplate,
    pool,
    description,
    cores,
    unprivileged,
    memory: options.memoryMib,
    rootfs: `${options.storage}:${options.diskGib}`,
    net0: `name=eth0,bridge=${options.bridge},ip=dhcp,ip6=auto`,
    'ssh-public-keys': options.sshKeys.join('\n'),
    // The systemd of today's distributions needs it; a token may set it for an unprivileged container only.
    ...(unprivileged && { features: 'nesting=1' }),
  });
  return upidOf(`POST /nodes/${node}/lxc`, answer);
}

/**
 * Destroys a guest with its disks and returns the task's UPID. One that runs, is protected, or is managed by HA is
 * refused. Needs VM.Allocate. Sent once: see `mayHaveArrived` when it fails.
 */
export async function destroyGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<string> {
  const answer: unknown = await guestApi(api, node, type, vmid).$delete();
  return upidOf(`DELETE ${pathOf(node, type, vmid)}`, answer);
}
