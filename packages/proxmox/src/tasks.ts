import type { Proxmox } from 'proxmox-api';
import { Row, rowsOf } from './row.ts';

export interface TaskInfo {
  upid: string;
  /** `qmshutdown`, `vzstart`, `hastop`… */
  type: string;
  /** Who started it: `user@realm`, or `user@realm!token`. */
  user: string;
  startedAt: Date;
  /** Absent while it runs, and where it is not asked for: only a list of tasks has it. */
  endedAt?: Date;
  status: 'running' | 'stopped';
  /** How it ended: `OK`, `WARNINGS: n`, or the error. */
  exitstatus?: string;
}

interface GuestTasksOptions {
  /** Only tasks that started at or after this moment; Proxmox counts whole seconds. */
  since?: Date;
  /** `active`: those that run; `archive`: those that ended (default `all`). */
  source?: 'all' | 'active' | 'archive';
  /** Only tasks of this type: `qmdestroy`… */
  type?: string;
  /** At most so many, newest first (default 500; Proxmox's own is 50). */
  limit?: number;
}

/** Whether a task did what it should, perhaps with warnings (PVE::UPID::status_is_error). For an HA guest: it was queued. */
export function succeeded({ status, exitstatus = '' }: Pick<TaskInfo, 'status' | 'exitstatus'>): boolean {
  return status === 'stopped' && /^(OK|WARNINGS: \d+)$/.test(exitstatus);
}

function infoOf(row: Row): Omit<TaskInfo, 'status' | 'exitstatus'> {
  const user = row.text('user');
  // Of a running task user and token are listed in one.
  const token = user.includes('!') ? undefined : row.optionalText('tokenid');
  return {
    upid: row.text('upid'),
    type: row.text('type'),
    user: token === undefined ? user : `${user}!${token}`,
    startedAt: new Date(row.number('starttime') * 1000),
  };
}

function listedTask(row: Row): TaskInfo {
  const endtime = row.optionalNumber('endtime');
  if (endtime === undefined) return { ...infoOf(row), status: 'running' };
  const endedAt = new Date(endtime * 1000);
  return { ...infoOf(row), endedAt, status: 'stopped', exitstatus: row.optionalText('status') ?? '' };
}

/** The tasks about a guest on a node, newest first. Without Sys.Audit on the node: only the token's own. */
export async function guestTasks(
  api: Proxmox.Api,
  node: string,
  vmid: number,
  options: GuestTasksOptions = {},
): Promise<TaskInfo[]> {
  const { since, source = 'all', type, limit = 500 } = options;
  const answer: unknown = await api.nodes.$(node).tasks.$get({
    vmid,
    source,
    limit,
    ...(type !== undefined && { typefilter: type }),
    ...(since && { since: Math.floor(since.getTime() / 1000) }),
  });
  return rowsOf(`GET /nodes/${node}/tasks`, answer).map(listedTask);
}

/** How a task is doing. Throws `not-found` when its node no longer has it. */
export async function taskStatus(api: Proxmox.Api, node: string, upid: string): Promise<TaskInfo> {
  const answer: unknown = await api.nodes.$(node).tasks.$(upid).status.$get();
  const row = new Row(`GET /nodes/${node}/tasks/${upid}/status`, answer);
  if (row.text('status') === 'running') return { ...infoOf(row), status: 'running' };
  return { ...infoOf(row), status: 'stopped', exitstatus: row.optionalText('exitstatus') ?? '' };
}
