import type { Proxmox } from 'proxmox-api';
import { Row, rowsOf } from './row.ts';
import type { Transport } from './transport.ts';
import { splitUser } from './upid.ts';

export interface TaskInfo {
  upid: string;
  node: string;
  /** `qmshutdown`, `vzstart`, `hastop`… */
  type: string;
  /** The guest's number for tasks about a guest. */
  id: string;
  user: string;
  tokenId?: string;
  startedAt: Date;
  /** Only in lists, and only when it has ended. */
  endedAt?: Date;
  status: 'running' | 'stopped';
  /** How it ended: `OK`, `WARNINGS: n`, or the error. */
  exitstatus?: string;
}

export interface GuestTasksOptions {
  /** Only tasks that started at or after this moment; Proxmox counts whole seconds. */
  since?: Date;
  /** `active`: those that run; `archive`: those that ended (default `all`). */
  source?: 'all' | 'active' | 'archive';
  /** At most so many, newest first (default 500; Proxmox's own is 50). */
  limit?: number;
}

function infoOf(row: Row): Omit<TaskInfo, 'status' | 'exitstatus' | 'endedAt'> {
  const { user, tokenId = row.optionalText('tokenid') } = splitUser(row.text('user'));
  return {
    upid: row.text('upid'),
    node: row.text('node'),
    type: row.text('type'),
    id: row.optionalText('id') ?? '',
    user,
    ...(tokenId !== undefined && { tokenId }),
    startedAt: new Date(row.number('starttime') * 1000),
  };
}

function listedTask(row: Row): TaskInfo {
  const ended = row.optionalNumber('endtime');
  if (ended === undefined) return { ...infoOf(row), status: 'running' };
  const endedAt = new Date(ended * 1000);
  return { ...infoOf(row), status: 'stopped', endedAt, exitstatus: row.optionalText('status') ?? '' };
}

/** The tasks about a guest on a node, newest first. Without Sys.Audit on the node: only the token's own. */
export async function guestTasks(
  api: Proxmox.Api,
  node: string,
  vmid: number,
  options: GuestTasksOptions = {},
): Promise<TaskInfo[]> {
  const { since, source = 'all', limit = 500 } = options;
  const answer: unknown = await api.nodes.$(node).tasks.$get({
    vmid,
    source,
    limit,
    ...(since && { since: Math.floor(since.getTime() / 1000) }),
  });
  return rowsOf(`GET /nodes/${node}/tasks`, answer).map(listedTask);
}

/** How a task is doing. Throws `not-found` when its node no longer has it. */
export async function taskStatus(
  transport: Transport,
  node: string,
  upid: string,
  signal?: AbortSignal,
): Promise<TaskInfo> {
  const path = `/nodes/${node}/tasks/${upid}/status`;
  const row = new Row(`GET ${path}`, await transport.request('GET', path, {}, signal));
  if (row.text('status') === 'running') return { ...infoOf(row), status: 'running' };
  return { ...infoOf(row), status: 'stopped', exitstatus: row.optionalText('exitstatus') ?? '' };
}
