import type { Proxmox } from 'proxmox-api';
import { type Row, rowsOf } from './row.ts';

/** A storage as a node has it. */
interface StorageStatus {
  storage: string;
  /** `images`, `rootdir`, `vztmpl`, `backup`… */
  content: string[];
  /** The same on every node. */
  shared: boolean;
  enabled: boolean;
  /** It can be reached. */
  active: boolean;
  /** Absent, as is the total, while it is not active. */
  usedBytes?: number;
  totalBytes?: number;
}

function storageOf(row: Row): StorageStatus {
  const active = row.flag('active');
  const [used, total] = [row.optionalNumber('used'), row.optionalNumber('total')];
  return {
    storage: row.text('storage'),
    content: row.text('content').split(',').toSorted(),
    shared: row.flag('shared'),
    enabled: row.flag('enabled'),
    active,
    // Of one that is away Proxmox says 0.
    ...(active && used !== undefined && { usedBytes: used }),
    ...(active && total !== undefined && { totalBytes: total }),
  };
}

/** The storages of a node that the token may use or see (Datastore.AllocateSpace or Datastore.Audit on each). */
export async function storages(api: Proxmox.Api, node: string): Promise<StorageStatus[]> {
  const answer: unknown = await api.nodes.$(node).storage.$get();
  return rowsOf(`GET /nodes/${node}/storage`, answer).map(storageOf);
}

/** A template out of which a container is made. */
interface OsTemplate {
  volid: string;
  sizeBytes: number;
}

/** The OS templates in a storage. Needs Datastore.AllocateSpace or Datastore.Audit on it. */
export async function ostemplates(api: Proxmox.Api, node: string, storage: string): Promise<OsTemplate[]> {
  const answer: unknown = await api.nodes.$(node).storage.$(storage).content.$get({ content: 'vztmpl' });
  return rowsOf(`GET /nodes/${node}/storage/${storage}/content`, answer).map((row) => ({
    volid: row.text('volid'),
    sizeBytes: row.number('size'),
  }));
}
