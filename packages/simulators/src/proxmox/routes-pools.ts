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

/** What goes wrong under the lock of user.cfg is said so. */
const failed = (message: string) => died(`update pools failed: ${message}`);

/** PVE::RPCEnvironment::check_perm_modify. */
function memberOf(call: Call, vmid: number): GuestState {
  demand(call.world.state, call.token, `/vms/${vmid}`, ['Permissions.Modify', 'VM.Allocate']);
  const guest = call.world.state.guests.find((one) => one.vmid === vmid);
  if (guest) return guest;
  throw failed(`VM ${vmid} does not exist`);
}

function checkMember(call: Call, { id }: PoolState, { vmid, pool }: GuestState): void {
  if (flagOf(call, 'delete')) {
    if (pool !== id) throw failed(`VM ${vmid} is not a pool member`);
    return;
  }
  if (pool === id) throw failed(`VM ${vmid} is already a pool member`);
  if (pool === undefined) return;
  if (!flagOf(call, 'allow-move'))
    throw failed(`VM ${vmid} belongs already to pool '${pool}' and 'allow-move' is not set`);
  demand(call.world.state, call.token, `/pool/${pool}`, 'Pool.Allocate');
}

/** All or nothing: what is wrong with one leaves the others where they are. */
function changePool(call: Call): null {
  const pool = poolNamed(call, textOf(call, 'poolid'));
  const vmids = textOf(call, 'vms').split(/[,; ]+/);
  const guests = vmids.filter((vmid) => vmid !== '').map((vmid) => memberOf(call, Number(vmid)));
  for (const guest of guests) checkMember(call, pool, guest);
  for (const guest of guests) {
    if (flagOf(call, 'delete')) delete guest.pool;
    else guest.pool = pool.id;
  }
  if (has(call, 'comment')) pool.comment = textOf(call, 'comment');
  return null;
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
