import { type Proxmox, ProxmoxError } from '@huismeester/proxmox';

/**
 * The address that a cluster has for each node that it reports one for, by the node's name. None where the token lacks Sys.Audit
 * on `/`: then upsd's clients cannot be matched with nodes, and that is all.
 */
export async function addressesIn(proxmox: Proxmox): Promise<Map<string, string>> {
  try {
    const { nodes } = await proxmox.clusterStatus();
    return new Map(nodes.flatMap(({ name, address }) => (address === undefined ? [] : [[name, address]])));
  } catch (error) {
    if (error instanceof ProxmoxError && error.code === 'forbidden') return new Map();
    throw error;
  }
}
