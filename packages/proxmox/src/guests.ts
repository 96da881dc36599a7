import type { Proxmox } from 'proxmox-api';
import { ProxmoxError } from './errors.ts';
import { type GuestType, guestApi, pathOf } from './guest-path.ts';
import { Row, rowsOf } from './row.ts';

/** A guest as the cluster last heard of it: up to 10 s old, minutes when its node died. */
interface GuestResource {
  vmid: number;
  type: GuestType;
  node: string;
  /** Absent when the cluster no longer knows. */
  name?: string;
  /** `unknown`: its node has not been heard of. Never act on it. */
  status: 'running' | 'stopped' | 'unknown';
  pool?: string;
  template: boolean;
  /** These four are absent when its node has not been heard of for minutes. */
  maxcpu?: number;
  /** Bytes. */
  maxmem?: number;
  /** Of its root disk, bytes. */
  maxdisk?: number;
  /** Of its process, s: it begins anew at a migration or a resume. 0 while it is off. */
  uptime?: number;
}

/** A guest as its own node sees it now. */
interface GuestStatus {
  status: 'running' | 'stopped';
  /** The process is there but the guest does not execute (paused, prelaunch, suspended, io-error…): Proxmox refuses to shut it down. */
  paused: boolean;
  lock?: string;
  /** Managed by HA: its power tasks are over when they are queued, so watch its status. */
  ha: boolean;
  /** Of its process, s: it begins anew at a migration or a resume. 0 while it is off. */
  uptime?: number;
}

function resourceOf(row: Row, type: GuestType): GuestResource {
  const raw = row.optionalText('status') ?? 'unknown';
  const [name, pool] = [row.optionalText('name'), row.optionalText('pool')];
  return {
    vmid: row.number('vmid'),
    type,
    node: row.text('node'),
    // The status that pvestatd broadcasts is QEMU's run state, of which there are many.
    status: raw === 'stopped' || raw === 'unknown' ? raw : 'running',
    template: row.flag('template'),
    ...(name !== undefined && { name }),
    ...(pool !== undefined && { pool }),
    ...sizesOf(row),
  };
}

function sizesOf(row: Row): Pick<GuestResource, 'maxcpu' | 'maxmem' | 'maxdisk' | 'uptime'> {
  const names = ['maxcpu', 'maxmem', 'maxdisk', 'uptime'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = row.optionalNumber(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** All guests that the token may see (VM.Audit): a guest that is missing here need not be gone. */
export async function listResources(api: Proxmox.Api): Promise<GuestResource[]> {
  const request = 'GET /cluster/resources';
  const answer: unknown = await api.cluster.resources.$get({ type: 'vm' });
  return rowsOf(request, answer).flatMap((row) => {
    const type = row.text('type');
    return type === 'qemu' || type === 'lxc' ? [resourceOf(row, type)] : [];
  });
}

/** Of QEMU's run states. */
const unpaused: ReadonlySet<string> = new Set(['running', 'stopped', 'unknown']);

/** What the guest is doing now. Throws `not-found` when it is not on this node. */
export async function guestStatus(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<GuestStatus> {
  const request = `GET ${pathOf(node, type, vmid)}/status/current`;
  const answer: unknown = await guestApi(api, node, type, vmid).status.current.$get();
  const row = new Row(request, answer);
  const status = row.text('status');
  if (status !== 'running' && status !== 'stopped')
    throw new ProxmoxError({ code: 'protocol', request, reason: `found the status "${status}"` });
  const lock = row.optionalText('lock');
  const uptime = row.optionalNumber('uptime');
  return {
    status,
    paused: status === 'running' && !unpaused.has(row.optionalText('qmpstatus') ?? status),
    ...(lock !== undefined && { lock }),
    ha: row.row('ha').flag('managed'),
    ...(uptime !== undefined && { uptime }),
  };
}
