import type { Proxmox } from 'proxmox-api';
import { pathOf } from './guest-path.ts';
import { Row, rowsOf } from './row.ts';

/** A network interface as the guest itself has it. */
interface GuestInterface {
  name: string;
  /** Lower case; absent for one without, such as a tunnel. */
  mac?: string;
  /** IPv4 and IPv6 without prefix length, of every scope. */
  addresses: string[];
}

function interfaceOf(row: Row): GuestInterface {
  const mac = row.optionalText('hardware-address')?.toLowerCase();
  return {
    name: row.text('name'),
    ...(mac !== undefined && { mac }),
    // An IPv6 address may have its zone behind it.
    addresses: row
      .rows('ip-addresses')
      .flatMap((one) => one.optionalText('ip-address')?.replace(/[%/].*$/, '') ?? []),
  };
}

/**
 * The interfaces of a VM as its guest agent tells them, `lo` and those of containers inside included. Needs
 * VM.GuestAgent.Audit. Throws `domain` while the agent is not there («QEMU guest agent is not running»).
 */
export async function agentInterfaces(
  api: Proxmox.Api,
  node: string,
  vmid: number,
): Promise<GuestInterface[]> {
  const answer: unknown = await api.nodes.$(node).qemu.$(vmid).agent['network-get-interfaces'].$get();
  return new Row(`GET ${pathOf(node, 'qemu', vmid)}/agent/network-get-interfaces`, answer)
    .rows('result')
    .map(interfaceOf);
}

/** The interfaces of a container, `lo` included; none while it is off. Needs VM.Audit. */
export async function containerInterfaces(
  api: Proxmox.Api,
  node: string,
  vmid: number,
): Promise<GuestInterface[]> {
  const answer: unknown = await api.nodes.$(node).lxc.$(vmid).interfaces.$get();
  return rowsOf(`GET ${pathOf(node, 'lxc', vmid)}/interfaces`, answer ?? []).map(interfaceOf);
}
