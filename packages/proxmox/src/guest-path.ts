import type { Proxmox } from 'proxmox-api';

export type GuestType = 'qemu' | 'lxc';

/** The path of a guest, for the text of an error. */
export function pathOf(node: string, type: GuestType, vmid: number): string {
  return `/nodes/${node}/${type}/${vmid}`;
}

/** The methods of a guest that VMs and containers have alike. */
export function guestApi(api: Proxmox.Api, node: string, type: GuestType, vmid: number) {
  const on = api.nodes.$(node);
  return type === 'qemu' ? on.qemu.$(vmid) : on.lxc.$(vmid);
}
