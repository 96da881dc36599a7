import type { Proxmox } from 'proxmox-api';
import { type GuestType, guestApi, pathOf } from './guest-path.ts';
import { upidOf } from './upid.ts';

interface ShutdownOptions {
  /** How long the guest gets, in seconds; Proxmox waits 60 when it is left out. */
  timeoutS?: number;
  /** Kill it after that time instead of failing. */
  forceStop?: boolean;
}

/** Asks a guest to shut down and returns the task's UPID. Sent once: see `mayHaveArrived` when it fails. */
export async function shutdownGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
  options: ShutdownOptions = {},
): Promise<string> {
  const answer: unknown = await guestApi(api, node, type, vmid).status.shutdown.$post({
    ...(options.timeoutS !== undefined && { timeout: options.timeoutS }),
    ...(options.forceStop !== undefined && { forceStop: options.forceStop }),
  });
  return upidOf(`POST ${pathOf(node, type, vmid)}/status/shutdown`, answer);
}

/** Starts a guest and returns the task's UPID. Sent once: see `mayHaveArrived` when it fails. */
export async function startGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<string> {
  const answer: unknown = await guestApi(api, node, type, vmid).status.start.$post();
  return upidOf(`POST ${pathOf(node, type, vmid)}/status/start`, answer);
}

/** Pulls a guest's plug and returns the task's UPID. Sent once: see `mayHaveArrived` when it fails. */
export async function stopGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<string> {
  const answer: unknown = await guestApi(api, node, type, vmid).status.stop.$post();
  return upidOf(`POST ${pathOf(node, type, vmid)}/status/stop`, answer);
}

/**
 * Has a guest shut down and started again, and returns the task's UPID; one that does not listen fails it. QEMU's is over
 * when the guest is off: the start is a `qmstart` of its own. Sent once: see `mayHaveArrived` when it fails.
 */
export async function rebootGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<string> {
  const answer: unknown = await guestApi(api, node, type, vmid).status.reboot.$post();
  return upidOf(`POST ${pathOf(node, type, vmid)}/status/reboot`, answer);
}
