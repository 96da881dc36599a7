import { badParameter, died } from './api-error.ts';
import { resourceRow } from './listing.ts';
import { choice, flag, optionalText, type Parameter, text } from './parameters.ts';
import { allowed, demand } from './permissions.ts';
import { type Call, flagOf, has, type Route, textOf } from './route.ts';
import type { GuestState, PoolState } from './state.ts';

const poolType: Parameter = choice('qemu', 'lxc', 'storage');

function poolNamed(call: Call, id: string): PoolState {
  const pool = call.world.state.pools.find((one) => one.id === id);
  if (pool) return pool;
  throw died(`pool '${id}' does not exist`);
}

function poolInfo(call: Call, id: string): { comment?: string; members: unknown[] } {
  const { world, broadcasts } = call;
  const pool = poolNamed(call, id);
  const type = textOf(call, 'type');
  const members = world.state.guests
    .filter((guest) => guest.pool === id && (type === '' || guest.type === type))
    .map((guest) => {
      const {
        pool: _pool,
        lock: _lock,
        tags: _tags,
        hastate: _ha,
        ...row
      } = resourceRow(guest, broadcasts.of(guest));
      return row;
    });
  return { ...(pool.comment !== undefined && { comment: pool.comment }), members };
}

function pools(call: Call): unknown[] {
  const { state } = call.world;
  const id = textOf(call, 'poolid');
  if (id !== '') return [{ poolid: id, ...poolInfo(call, id) }];
  if (textOf(call, 'type') !== '') throw badParameter({ poolid: "missing property required by 'type'" });
  return state.pools
    .filter((pool) => allowed(state, call.token, `/pool/${pool.id}`, 'Pool.Audit'))
    .map((pool) => ({ poolid: pool.id, ...(pool.comment !== undefined && { comment: pool.comment }) }));
}

/** PVE::RPCEnvironment::check_perm_modify. */
function demandMember(call: Call, vmid: number): GuestState {
  demand(call.world.state, call.token, `/vms/${vmid}`, ['Permissions.Modify', 'VM.Allocate']);
  const guest = call.world.state.guests.find((one) => one.vmid === vmid);
  if (guest) return guest;
  throw died(`VM ${vmid} does not exist`);
}

function remove(_call: Call, pool: PoolState, guest: GuestState): void {
  if (guest.pool !== pool.id) throw died(`VM ${guest.vmid} is not a pool member`);
  delete guest.pool;
}

function add(call: Call, pool: PoolState, guest: GuestState): void {
  if (guest.pool === pool.id) throw died(`VM ${guest.vmid} is already a pool member`);
  if (guest.pool !== undefined) {
    if (!flagOf(call, 'allow-move'))
      throw died(`VM ${guest.vmid} belongs already to pool '${guest.pool}' and 'allow-move' is not set`);
    demand(call.world.state, call.token, `/pool/${guest.pool}`, 'Pool.Allocate');
  }
  guest.pool = pool.id;
}

/** All or nothing, as under the lock of user.cfg. */
function changePool(call: Call): null {
  const pool = poolNamed(call, textOf(call, 'poolid'));
  const vmids = textOf(call, 'vms')
    .split(/[,; ]+/)
    .filter((one) => one !== '');
  const guests = vmids.map((vmid) => demandMember(call, Number(vmid)));
  const before = guests.map((guest) => guest.pool);
  try {
    for (const guest of guests) (flagOf(call, 'delete') ? remove : add)(call, pool, guest);
  } catch (error) {
    for (const [index, guest] of guests.entries()) putBack(guest, before[index]);
    throw error;
  }
  if (has(call, 'comment')) pool.comment = textOf(call, 'comment');
  return null;
}

function putBack(guest: GuestState, pool: string | undefined): void {
  if (pool === undefined) delete guest.pool;
  else guest.pool = pool;
}

export const poolRoutes: readonly Route[] = [
  { method: 'GET', path: '/pools', parameters: { poolid: optionalText, type: poolType }, handle: pools },
  {
    method: 'GET',
    path: '/pools/{poolid}',
    parameters: { poolid: text, type: poolType },
    permission: { path: '/pool/{poolid}', priv: 'Pool.Audit' },
    handle: (call) => poolInfo(call, textOf(call, 'poolid')),
  },
  {
    method: 'PUT',
    path: '/pools',
    parameters: {
      poolid: text,
      vms: optionalText,
      comment: optionalText,
      delete: flag,
      'allow-move': flag,
    },
    permission: { path: '/pool/{poolid}', priv: 'Pool.Allocate' },
    handle: changePool,
  },
];
