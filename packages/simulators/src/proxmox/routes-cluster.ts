import { badParameter } from './api-error.ts';
import { nodeRow, resourceRow } from './listing.ts';
import { choice, vmid } from './parameters.ts';
import { allowed, guestsWith } from './permissions.ts';
import { type Call, numberOf, type Route, textOf } from './route.ts';
import { haRoutes } from './routes-ha.ts';
import { poolRoutes } from './routes-pools.ts';
import { shownTask } from './routes-tasks.ts';
import { isQuorate } from './world.ts';

function resources(call: Call): unknown[] {
  const { world, broadcasts, token } = call;
  const { state } = world;
  const type = textOf(call, 'type');
  const rows: unknown[] = [];
  if (type === '') {
    const pools = state.pools.filter((pool) => allowed(state, token, `/pool/${pool.id}`, 'Pool.Audit'));
    rows.push(...pools.map((pool) => ({ id: `/pool/${pool.id}`, pool: pool.id, type: 'pool' })));
  }
  if (type === '' || type === 'vm') {
    const guests = guestsWith(state, token, state.guests, 'VM.Audit');
    rows.push(...guests.map((guest) => resourceRow(guest, broadcasts.of(guest))));
  }
  if (type === '' || type === 'node') rows.push(...state.nodes.map(nodeRow));
  return rows;
}

function status({ world, local }: Call): unknown[] {
  const { cluster, nodes } = world.state;
  const rows = nodes.map((node, index) => ({
    type: 'node',
    id: `node/${node.name}`,
    name: node.name,
    nodeid: cluster === undefined ? 0 : index + 1,
    ip: `192.0.2.${index + 1}`,
    online: node.online ? 1 : 0,
    local: node.name === local ? 1 : 0,
    level: '',
  }));
  if (cluster === undefined) return rows;
  const summary = { type: 'cluster', id: 'cluster', name: cluster, nodes: nodes.length };
  return [{ ...summary, version: 3, quorate: isQuorate(world.state) ? 1 : 0 }, ...rows];
}

function nextId(call: Call): unknown {
  const taken = new Set(call.world.state.guests.map((guest) => guest.vmid));
  const asked = numberOf(call, 'vmid');
  if (asked > 0) {
    if (taken.has(asked)) throw badParameter({ vmid: `VM ${asked} already exists` });
    // Perl hands back what it was given: a text.
    return String(asked);
  }
  let free = 100;
  while (taken.has(free)) free += 1;
  return free;
}

/** Recent tasks; a token without Sys.Audit on / does not even see its own (its task's user is cut off). */
function recentTasks({ world, token }: Call): unknown[] {
  if (!allowed(world.state, token, '/', 'Sys.Audit')) return [];
  return world.tasks
    .list()
    .slice(0, 25)
    .map((task) => {
      const { pid: _pid, pstart: _pstart, ...shown } = shownTask(task);
      return {
        ...shown,
        saved: task.endtime === undefined ? '0' : '1',
        ...(task.exitstatus && { status: task.exitstatus }),
      };
    });
}

const audit = { path: '/', priv: 'Sys.Audit' };

export const clusterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/version',
    parameters: {},
    handle: () => ({ version: '9.1.1', release: '9.1', repoid: '42db4a6cf33dac83' }),
  },
  {
    method: 'GET',
    path: '/cluster/resources',
    parameters: { type: choice('vm', 'storage', 'node', 'sdn') },
    handle: resources,
  },
  { method: 'GET', path: '/cluster/status', parameters: {}, permission: audit, handle: status },
  { method: 'GET', path: '/cluster/tasks', parameters: {}, handle: recentTasks },
  {
    method: 'GET',
    path: '/cluster/nextid',
    parameters: { vmid: { ...vmid, optional: true } },
    handle: nextId,
  },
  ...poolRoutes,
  ...haRoutes,
];
