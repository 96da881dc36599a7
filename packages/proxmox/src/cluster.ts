import type { Proxmox } from 'proxmox-api';
import { Row, rowsOf } from './row.ts';

export interface NodeInfo {
  node: string;
  status: 'online' | 'offline' | 'unknown';
  /** SHA-256 of the certificate that the cluster knows for it. */
  fingerprint?: string;
}

export interface ClusterStatus {
  /** Absent for a single node that never joined a cluster. */
  name?: string;
  /** A single node always is. */
  quorate: boolean;
  nodes: {
    name: string;
    online: boolean;
    /** It answered this request. */
    local: boolean;
    /** What its name resolves to, in the cluster; absent when nobody could resolve it. */
    address?: string;
  }[];
}

export interface PoolInfo {
  id: string;
  comment?: string;
}

export interface ProxmoxVersion {
  /** `9.1.1` */
  version: string;
  /** `9.1` */
  release: string;
  repoid: string;
}

/** The nodes and whether they are there. Needs no privilege. */
export async function listNodes(api: Proxmox.Api): Promise<NodeInfo[]> {
  const answer: unknown = await api.nodes.$get();
  return rowsOf('GET /nodes', answer).map((row) => {
    const status = row.optionalText('status');
    const fingerprint = row.optionalText('ssl_fingerprint');
    return {
      node: row.text('node'),
      status: status === 'online' || status === 'offline' ? status : 'unknown',
      ...(fingerprint !== undefined && { fingerprint }),
    };
  });
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
      const node = { name: row.text('name'), online: row.flag('online'), local: row.flag('local') };
      return address === undefined ? node : { ...node, address };
    });
  if (!cluster) return { quorate: true, nodes };
  return { name: cluster.text('name'), quorate: cluster.flag('quorate'), nodes };
}

/** The pools that the token may see (Pool.Audit). */
export async function listPools(api: Proxmox.Api): Promise<PoolInfo[]> {
  const answer: unknown = await api.pools.$get();
  return rowsOf('GET /pools', answer).map((row) => {
    const comment = row.optionalText('comment');
    return { id: row.text('poolid'), ...(comment !== undefined && { comment }) };
  });
}

export async function version(api: Proxmox.Api): Promise<ProxmoxVersion> {
  const answer: unknown = await api.version.$get();
  const row = new Row('GET /version', answer);
  return { version: row.text('version'), release: row.text('release'), repoid: row.text('repoid') };
}

/**
 * Has a node shut down all its guests, of whatever pool, and then itself; there is no task to watch. Needs Sys.PowerMgmt
 * on the node. Sent once: see `mayHaveArrived` when it fails.
 */
export async function shutdownNode(api: Proxmox.Api, node: string): Promise<void> {
  await api.nodes.$(node).status.$post({ command: 'shutdown' });
}
