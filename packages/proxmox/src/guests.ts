import type { Proxmox } from 'proxmox-api';
import { ProxmoxError } from './errors.ts';
import { Row, rowsOf } from './row.ts';
import { parseUpid } from './upid.ts';

export type GuestType = 'qemu' | 'lxc';

/** A guest as the cluster last heard of it: up to 10 s old, minutes when its node died. */
export interface GuestResource {
  vmid: number;
  type: GuestType;
  node: string;
  /** Absent when the cluster no longer knows. */
  name?: string;
  /** `unknown`: its node has not been heard of. Never act on it. */
  status: 'running' | 'stopped' | 'unknown';
  /** The process is there but the guest does not execute: paused, prelaunch, suspended, io-error… */
  paused: boolean;
  pool?: string;
  template: boolean;
  /** Seconds since its process started: migration and resume reset it, a reboot inside the guest does not. */
  uptime?: number;
  lock?: string;
  tags: string[];
  /** The state that HA has for it, when HA manages it. */
  haState?: string;
}

/** A guest as its own node sees it now. */
export interface GuestStatus {
  vmid: number;
  type: GuestType;
  node: string;
  name?: string;
  status: 'running' | 'stopped';
  /** See {@link GuestResource}: Proxmox refuses to shut such a guest down. */
  paused: boolean;
  template: boolean;
  /** Seconds. */
  uptime: number;
  lock?: string;
  tags: string[];
  /** A managed guest's power tasks are over when they are queued: watch its status. */
  ha: { managed: boolean; state?: string };
}

export interface ShutdownOptions {
  /** How long the guest gets, in seconds; Proxmox waits 60 when it is left out. */
  timeoutS?: number;
  /** Kill it after that time instead of failing. */
  forceStop?: boolean;
}

const known: ReadonlySet<string> = new Set(['running', 'stopped', 'unknown']);

/** The status that pvestatd broadcasts is QEMU's run state, of which there are many. */
function runState(raw: string): Pick<GuestResource, 'status' | 'paused'> {
  if (raw === 'stopped' || raw === 'unknown') return { status: raw, paused: false };
  return { status: 'running', paused: !known.has(raw) };
}

function optional(row: Row, ...names: ('name' | 'pool' | 'lock')[]) {
  const found: { name?: string; pool?: string; lock?: string } = {};
  for (const name of names) {
    const value = row.optionalText(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function tagsOf(row: Row): string[] {
  return (row.optionalText('tags') ?? '').split(/[;,\s]+/).filter((tag) => tag !== '');
}

function resourceOf(row: Row, type: GuestType): GuestResource {
  const uptime = row.optionalNumber('uptime');
  const haState = row.optionalText('hastate');
  return {
    vmid: row.number('vmid'),
    type,
    node: row.text('node'),
    ...runState(row.optionalText('status') ?? 'unknown'),
    ...optional(row, 'name', 'pool', 'lock'),
    template: row.flag('template'),
    tags: tagsOf(row),
    ...(uptime !== undefined && { uptime }),
    ...(haState !== undefined && { haState }),
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
  const ha = row.row('ha');
  const state = ha.optionalText('state');
  const raw = row.text('status');
  if (raw !== 'running' && raw !== 'stopped')
    throw new ProxmoxError({ code: 'protocol', request, reason: `found the status "${raw}"` });
  return {
    vmid,
    type,
    node,
    status: raw,
    paused: raw === 'running' && runState(row.optionalText('qmpstatus') ?? raw).paused,
    ...optional(row, 'name', 'lock'),
    template: row.flag('template'),
    uptime: row.optionalNumber('uptime') ?? 0,
    tags: tagsOf(row),
    ha: { managed: ha.flag('managed'), ...(state !== undefined && { state }) },
  };
}

function upidOf(request: string, answer: unknown): string {
  if (typeof answer === 'string' && parseUpid(answer)) return answer;
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
