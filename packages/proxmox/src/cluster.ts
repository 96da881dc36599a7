import type { Proxmox } from 'proxmox-api';
import { Row, rowsOf } from './row.ts';

interface ClusterStatus {
  /** A single node always is. */
  quorate: boolean;
  nodes: {
    name: string;
    online: boolean;
    /** What its name resolves to, in the cluster; absent when nobody could resolve it. */
    address?: string;
  }[];
}

/** A node as the cluster last heard of it. */
interface NodeResource {
  name: string;
  online: boolean;
  /** Bytes; absent while it is offline. */
  memory?: { used: number; total: number };
}

function nodeOf(row: Row): NodeResource {
  const [used, total] = [row.optionalNumber('mem'), row.optionalNumber('maxmem')];
  return {
    name: row.text('node'),
    online: row.text('status') === 'online',
    ...(used !== undefined && total !== undefined && { memory: { used, total } }),
  };
}

/** All nodes. Needs no privilege; the memory is that of `pvestatd`, up to 10 s old. */
export async function listNodes(api: Proxmox.Api): Promise<NodeResource[]> {
  const answer: unknown = await api.nodes.$get();
  return rowsOf('GET /nodes', answer).map(nodeOf);
}

/** Quorum and members. Needs Sys.Audit on `/`, which a token for our pools alone does not have. */
export async function clusterStatus(api: Proxmox.Api): Promise<ClusterStatus> {
  const answer: unknown = await api.cluster.status.$get();
  const rows = rowsOf('GET /cluster/status', answer);
  const cluster = rows.find((row) => row.text('type') === 'cluster');
  const nodes = rows
    .filter((row) => row.text('type') === 'node')
    .map((row) => {
      const address = row.optionalText('ip');
      const node = { name: row.text('name'), online: row.flag('online') };
      return address === undefined ? node : { ...node, address };
    });
  return { quorate: cluster?.flag('quorate') ?? true, nodes };
}

/** The ids of the pools that the token may see (Pool.Audit). */
export async function listPools(api: Proxmox.Api): Promise<string[]> {
  const answer: unknown = await api.pools.$get();
  return rowsOf('GET /pools', answer).map((row) => row.text('poolid'));
}

/**
 * Puts a guest into a pool, or takes it out. Needs Pool.Allocate on the pool, and VM.Allocate on the guest. One that is in
 * another pool is refused, but with `allowMove`, which needs Pool.Allocate there too. Sent once.
 */
export async function setPoolMember(
  api: Proxmox.Api,
  pool: string,
  vmid: number,
  change: 'add' | 'remove',
  options: { allowMove?: boolean } = {},
): Promise<void> {
  await api.pools.$put({
    poolid: pool,
    vms: String(vmid),
    ...(change === 'remove' && { delete: true }),
    ...(options.allowMove && { 'allow-move': true }),
  });
}

/** The release, such as `9.1`. */
export async function version(api: Proxmox.Api): Promise<string> {
  const answer: unknown = await api.version.$get();
  return new Row('GET /version', answer).text('release');
}

/**
 * Has a node shut down all its guests, of whatever pool, and then itself; there is no task to watch. Needs Sys.PowerMgmt
 * on the node. Sent once: see `mayHaveArrived` when it fails.
 */
export async function shutdownNode(api: Proxmox.Api, node: string): Promise<void> {
  await api.nodes.$(node).status.$post({ command: 'shutdown' });
}
