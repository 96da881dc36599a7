import type { Proxmox } from 'proxmox-api';
import { ProxmoxError } from './errors.ts';
import { Row, rowsOf } from './row.ts';

export type GuestType = 'qemu' | 'lxc';

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
}

/** A guest as its own node sees it now. */
interface GuestStatus {
  status: 'running' | 'stopped';
  /** The process is there but the guest does not execute (paused, prelaunch, suspended, io-error…): Proxmox refuses to shut it down. */
  paused: boolean;
  lock?: string;
  /** Managed by HA: its power tasks are over when they are queued, so watch its status. */
  ha: boolean;
}

interface ShutdownOptions {
  /** How long the guest gets, in seconds; Proxmox waits 60 when it is left out. */
  timeoutS?: number;
  /** Kill it after that time instead of failing. */
  forceStop?: boolean;
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
  };
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

function pathOf(node: string, type: GuestType, vmid: number): string {
  return `/nodes/${node}/${type}/${vmid}`;
}

function statusApi(api: Proxmox.Api, node: string, type: GuestType, vmid: number) {
  const on = api.nodes.$(node);
  return type === 'qemu' ? on.qemu.$(vmid).status : on.lxc.$(vmid).status;
}

/** What the guest is doing now. Throws `not-found` when it is not on this node. */
export async function guestStatus(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<GuestStatus> {
  const request = `GET ${pathOf(node, type, vmid)}/status/current`;
  const answer: unknown = await statusApi(api, node, type, vmid).current.$get();
  const row = new Row(request, answer);
  const status = row.text('status');
  if (status !== 'running' && status !== 'stopped')
    throw new ProxmoxError({ code: 'protocol', request, reason: `found the status "${status}"` });
  const lock = row.optionalText('lock');
  return {
    status,
    paused: status === 'running' && !unpaused.has(row.optionalText('qmpstatus') ?? status),
    ...(lock !== undefined && { lock }),
    ha: row.row('ha').flag('managed'),
  };
}

// Process id and start are hexadecimal; the start has nine digits after 497 days of uptime.
const upid =
  /^UPID:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:\s/]+:[^:\s/]*:[^:\s/]+:$/i;

function upidOf(request: string, answer: unknown): string {
  if (typeof answer === 'string' && upid.test(answer)) return answer;
  throw new ProxmoxError({
    code: 'protocol',
    request,
    reason: 'the answer to an act is no UPID',
    mayHaveArrived: true,
  });
}

/** Asks a guest to shut down and returns the task's UPID. Sent once: see `mayHaveArrived` when it fails. */
export async function shutdownGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
  options: ShutdownOptions = {},
): Promise<string> {
  const answer: unknown = await statusApi(api, node, type, vmid).shutdown.$post({
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
  const answer: unknown = await statusApi(api, node, type, vmid).start.$post();
  return upidOf(`POST ${pathOf(node, type, vmid)}/status/start`, answer);
}

/** Pulls a guest's plug and returns the task's UPID. Sent once: see `mayHaveArrived` when it fails. */
export async function stopGuest(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<string> {
  const answer: unknown = await statusApi(api, node, type, vmid).stop.$post();
  return upidOf(`POST ${pathOf(node, type, vmid)}/status/stop`, answer);
}
