import { denied, died } from './api-error.ts';
import { identityOf, newIdentity, withNewMac } from './identity.ts';
import { allowed, demand, demandBridge } from './permissions.ts';
import { checkLock, checkQuorum } from './power.ts';
import { type Call, flagOf, has, numberOf, textOf } from './route.ts';
import type { DiskState, GuestState } from './state.ts';
import { demandSpace, disksOf, storageOn } from './storage.ts';
import type { Worker } from './tasks.ts';
import { demandUnused, forget, guestOn, loadConfig } from './world.ts';

/* PVE::API2::Qemu's clone_vm: everything is looked at before the task, and again in it. */

interface Order {
  readonly call: Call;
  readonly node: string;
  /** The clone's node. */
  readonly target: string;
  readonly vmid: number;
  readonly newid: number;
}

function orderOf(call: Call): Order {
  const node = textOf(call, 'node');
  const target = textOf(call, 'target') || node;
  return { call, node, target, vmid: numberOf(call, 'vmid'), newid: numberOf(call, 'newid') };
}

function demandRights({ call, newid }: Order): void {
  const { world, token } = call;
  const pool = textOf(call, 'pool');
  const inPool = pool !== '' && allowed(world.state, token, `/pool/${pool}`, 'VM.Allocate');
  if (!inPool && !allowed(world.state, token, `/vms/${newid}`, 'VM.Allocate')) throw denied();
}

function checkTarget({ call, node, target }: Order, source: GuestState): void {
  const { state } = call.world;
  if (target === node) return;
  if (!state.nodes.some((one) => one.name === target)) throw died(`no such cluster node '${target}'`);
  const used = has(call, 'storage') ? [textOf(call, 'storage')] : disksOf(source).map((disk) => disk.storage);
  const local = used.some((id) => storageOn(state, node, id).shared !== true);
  if (!local) return;
  throw has(call, 'storage')
    ? died(`can't clone to non-shared storage '${used[0]}'`)
    : died(`can't clone VM to node '${target}' (VM uses local storage)`);
}

/** Whether the clone gets disks of its own; throws what cannot be had. */
function isFull(call: Call, source: GuestState): boolean {
  const full = has(call, 'full') ? flagOf(call, 'full') : source.template !== true;
  if (full) return true;
  if (has(call, 'storage')) throw died("parameter 'storage' not allowed for linked clones");
  const disk = disksOf(source)[0];
  if (source.template !== true && disk)
    throw died(`Linked clone feature is not supported for drive '${disk.key}'`);
  return false;
}

function check(order: Order): { source: GuestState; full: boolean } {
  const { call, node, vmid, newid } = order;
  const { world, token } = call;
  const { state } = world;
  const pool = textOf(call, 'pool');
  if (pool !== '' && !state.pools.some((one) => one.id === pool)) throw died(`pool '${pool}' does not exist`);
  if (has(call, 'storage')) storageOn(state, node, textOf(call, 'storage'));
  checkQuorum(world);
  const source = loadConfig(state, node, 'qemu', vmid);
  checkLock(source);
  const full = isFull(call, source);
  for (const disk of disksOf(source))
    demand(state, token, `/storage/${textOf(call, 'storage') || disk.storage}`, 'Datastore.AllocateSpace');
  demandBridge(state, token, identityOf(source).net0);
  checkTarget(order, source);
  // Only a VM of this node is seen here: what has the id elsewhere shows when the configuration is written.
  if (guestOn(state, node, 'qemu', newid))
    throw died(`unable to create VM ${newid}: config file already exists`);
  return { source, full };
}

function clonedDisks(call: Call, source: GuestState, full: boolean): DiskState[] {
  return disksOf(source).map(({ key, storage, gib }) =>
    full
      ? { key, gib, storage: textOf(call, 'storage') || storage }
      : { key, gib, storage, base: source.vmid },
  );
}

/** What the clone has from what it was made of: everything that is not its own. */
function cloneOf({ call, node, newid }: Order, source: GuestState): GuestState {
  const {
    template: _template,
    pool: _pool,
    ha: _ha,
    pending: _pending,
    addresses: _addresses,
    disks: _disks,
    startedAt: _startedAt,
    bootedAt: _bootedAt,
    paused: _paused,
    config,
    ...kept
  } = structuredClone(source);
  const description = textOf(call, 'description') || String(config?.description ?? '');
  return {
    ...kept,
    vmid: newid,
    node,
    status: 'stopped',
    lock: 'clone',
    name: textOf(call, 'name') || `Copy-of-VM-${source.name}`,
    smbios1: newIdentity(source).smbios1,
    net0: withNewMac(source),
    disks: [],
    config: { ...config, ...(description !== '' && { description }) },
  };
}

async function copyDisks(order: Order, clone: GuestState, disks: readonly DiskState[], worker: Worker) {
  const { world } = order.call;
  for (const [index, disk] of disks.entries()) {
    const volume = `vm-${clone.vmid}-disk-${index}`;
    if (disk.base === undefined)
      demandSpace(world.state, order.target, { storage: disk.storage, gib: disk.gib, volume });
    // It takes its space from the beginning.
    clone.disks = disks.slice(0, index + 1);
    if (disk.base === undefined) worker.log(`create full clone of drive ${disk.key}`);
  }
  const linked = disks.every((disk) => disk.base !== undefined);
  await worker.sleep(linked ? world.durations.linkedClone : world.durations.fullClone);
}

async function make(order: Order, worker: Worker): Promise<void> {
  const { call, node, target, newid } = order;
  const { state } = call.world;
  const { source, full } = check(order);
  demandUnused(state, newid);
  const clone = cloneOf(order, source);
  state.guests.push(clone);
  try {
    await copyDisks(order, clone, clonedDisks(call, source, full), worker);
  } catch (error) {
    // A node that loses its power leaves what it had made, locked.
    if (state.nodes.some((one) => one.name === node && one.online)) forget(state, clone);
    throw died(`clone failed: ${error instanceof Error ? error.message.trim() : String(error)}`);
  }
  delete clone.lock;
  clone.node = target;
  // Last: until then who may only see the pool does not see it.
  if (has(call, 'pool')) clone.pool = textOf(call, 'pool');
}

/** Clones a VM; answers the UPID. The task holds both guests' locks. */
export function cloneQemu(call: Call): string {
  const order = orderOf(call);
  const { world, token } = call;
  demandRights(order);
  check(order);
  const source = { vmid: order.vmid, type: 'qemu' } as const;
  const clone = { vmid: order.newid, type: 'qemu' } as const;
  return world.tasks.fork(order.node, 'qmclone', String(order.vmid), token.id, (worker) =>
    world.locks.hold(source, worker, () => world.locks.hold(clone, worker, () => make(order, worker))),
  ).upid;
}
