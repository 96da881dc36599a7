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

/** The names of all nodes. Needs no privilege. */
export async function listNodes(api: Proxmox.Api): Promise<string[]> {
  const answer: unknown = await api.nodes.$get();
  return rowsOf('GET /nodes', answer).map((row) => row.text('node'));
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
