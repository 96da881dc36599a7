import { badParameter } from './api-error.ts';
import { choice, count, flag, integer, node, optionalText, text, vmid } from './parameters.ts';
import { allowed, demand } from './permissions.ts';
import { type Call, flagOf, has, numberOf, type Route, textOf } from './route.ts';
import type { Task } from './tasks.ts';
import { looksLikeUpid } from './upid.ts';

/** A task as it is shown: a token's task has the user and the token's name apart. */
export function shownTask(task: Task) {
  const { upid, node: on, pid, pstart, starttime, type, id, endtime } = task;
  const [user = '', tokenid] = task.user.split('!');
  const shown = { upid, node: on, pid, pstart, starttime, type, id, user };
  return { ...shown, ...(tokenid !== undefined && { tokenid }), ...(endtime !== undefined && { endtime }) };
}

function statusType(status: string | undefined): string {
  if (status === undefined || status === 'unexpected status' || status === 'RUNNING') return 'unknown';
  if (status === 'OK') return 'ok';
  return status.startsWith('WARNINGS: ') ? 'warning' : 'error';
}

function wantedStatuses(call: Call): (status: string | undefined) => boolean {
  const filter = textOf(call, 'statusfilter');
  if (flagOf(call, 'errors')) return (status) => statusType(status) !== 'ok';
  const kinds = filter.toLowerCase().split(/[,;\s]+/);
  return (status) => filter === '' || kinds.includes(statusType(status));
}

function matches(call: Call, task: Task): boolean {
  const type = textOf(call, 'typefilter');
  const user = textOf(call, 'userfilter').toLowerCase();
  return (
    (user === '' || task.user.toLowerCase().includes(user)) &&
    (type === '' || task.type === type) &&
    (!has(call, 'vmid') || task.id === textOf(call, 'vmid')) &&
    (!has(call, 'since') || task.starttime >= numberOf(call, 'since')) &&
    (!has(call, 'until') || task.starttime <= numberOf(call, 'until'))
  );
}

function nodeTasks(call: Call): unknown[] {
  const { world, token } = call;
  const on = textOf(call, 'node');
  const source = textOf(call, 'source') || 'archive';
  const auditor = allowed(world.state, token, `/nodes/${on}`, 'Sys.Audit');
  const wanted = wantedStatuses(call);
  const start = numberOf(call, 'start');
  const found = world.tasks.list().filter((task) => {
    const running = task.endtime === undefined;
    if (task.node !== on || (running ? source === 'archive' : source === 'active')) return false;
    return (auditor || task.user === token.id) && matches(call, task) && wanted(task.exitstatus);
  });
  return [
    ...found.filter((one) => one.endtime === undefined),
    ...found.filter((one) => one.endtime !== undefined),
  ]
    .slice(start, start + numberOf(call, 'limit', 50))
    .map((task) => ({
      ...shownTask(task),
      // Running tasks come from another file, where a token's user is not taken apart.
      ...(task.endtime === undefined && { user: task.user }),
      status: task.exitstatus ?? 'RUNNING',
    }));
}

function findTask(call: Call, privilege: string): Task {
  const { world, token } = call;
  const upid = textOf(call, 'upid');
  if (!looksLikeUpid(upid)) throw badParameter({ upid: 'unable to parse worker upid' });
  const task = world.tasks.find(upid);
  if (!task) throw badParameter({ upid: 'no such task' });
  if (task.user !== token.id) demand(world.state, token, `/nodes/${textOf(call, 'node')}`, privilege);
  return task;
}

function taskStatus(call: Call): unknown {
  const task = findTask(call, 'Sys.Audit');
  const { endtime, ...shown } = shownTask(task);
  if (endtime === undefined) return { ...shown, status: 'running' };
  return { ...shown, status: 'stopped', exitstatus: task.exitstatus };
}

function taskLog(call: Call): unknown[] {
  const start = numberOf(call, 'start');
  const lines = findTask(call, 'Sys.Audit').log.map((line, index) => ({ n: index + 1, t: line }));
  // An empty log file is shown as one line that says so.
  const shown = lines.length === 0 ? [{ n: 1, t: 'no content' }] : lines;
  return shown.slice(start, start + numberOf(call, 'limit', 50));
}

const one = { node, upid: text };

export const taskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/tasks',
    proxied: true,
    parameters: {
      node,
      start: count,
      limit: count,
      userfilter: optionalText,
      typefilter: optionalText,
      vmid: { ...vmid, optional: true },
      errors: flag,
      source: choice('archive', 'active', 'all'),
      since: integer,
      until: integer,
      statusfilter: optionalText,
    },
    handle: nodeTasks,
  },
  {
    method: 'GET',
    path: '/nodes/{node}/tasks/{upid}/status',
    proxied: true,
    parameters: one,
    handle: taskStatus,
  },
  {
    method: 'GET',
    path: '/nodes/{node}/tasks/{upid}/log',
    proxied: true,
    parameters: { ...one, start: count, limit: count },
    handle: taskLog,
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/tasks/{upid}',
    proxied: true,
    parameters: one,
    handle: (call) => {
      call.world.tasks.stop(findTask(call, 'Sys.Modify'));
      return null;
    },
  },
];
