import { denied, died } from './api-error.ts';
import { setSetting } from './guest-config.ts';
import { completedNet } from './identity.ts';
import { allowed, demand, demandBridge, demandOnGuest } from './permissions.ts';
import { checkQuorum } from './power.ts';
import { startLxc } from './power-lxc.ts';
import { type Call, flagOf, has, numberOf, textOf } from './route.ts';
import { settings } from './settings.ts';
import { validateSshKeys } from './ssh-keys.ts';
import type { DiskState, GuestState } from './state.ts';
import { demandSpace, storageOn } from './storage.ts';
import type { Worker } from './tasks.ts';
import { demandUnused, forget } from './world.ts';

/* PVE::API2::LXC's create_vm, without restore. */

interface Order {
  readonly call: Call;
  readonly node: string;
  readonly vmid: number;
  readonly pool: string | undefined;
  readonly rootfs: DiskState;
}

/** `local-lvm:8`: a new volume of 8 GiB. */
function rootfsOf(call: Call): DiskState {
  const text = textOf(call, 'rootfs') || `${textOf(call, 'storage') || 'local'}:4`;
  const [, storage, gib] = /^(?:volume=)?([^:,]+):(\d+(?:\.\d+)?)(?:,|$)/.exec(text) ?? [];
  if (storage === undefined) throw died(`unable to parse volume ID '${text}'`);
  return { key: 'rootfs', storage, gib: Number(gib) };
}

function orderOf(call: Call): Order {
  return {
    call,
    node: textOf(call, 'node'),
    vmid: numberOf(call, 'vmid'),
    pool: has(call, 'pool') ? textOf(call, 'pool') : undefined,
    rootfs: rootfsOf(call),
  };
}

function demandRights({ call, vmid, pool, rootfs }: Order): void {
  const { world, token } = call;
  const { state } = world;
  if (pool !== undefined && !state.pools.some((one) => one.id === pool))
    throw died(`pool '${pool}' does not exist`);
  const inPool = pool !== undefined && allowed(state, token, `/pool/${pool}`, 'VM.Allocate');
  if (!inPool && !allowed(state, token, `/vms/${vmid}`, 'VM.Allocate')) throw denied();
  if (!flagOf(call, 'unprivileged')) demand(state, token, '/', 'Sys.Modify');
  demandOnGuest(state, token, { vmid, pool }, 'VM.Config.Disk');
  for (const [name, setting] of Object.entries(settings.lxc))
    if (has(call, name)) demandOnGuest(state, token, { vmid, pool }, setting.privs);
  demandFeatures(call, { vmid, pool });
  demandBridge(state, token, textOf(call, 'net0'));
  demand(state, token, `/storage/${rootfs.storage}`, 'Datastore.AllocateSpace');
}

/** Of the features a token may only set `nesting`, and not for a privileged container. */
function demandFeatures(call: Call, where: { vmid: number; pool: string | undefined }): void {
  const features = textOf(call, 'features');
  if (features === '') return;
  const only = 'is only allowed for root@pam';
  if (!flagOf(call, 'unprivileged')) throw denied(`changing feature flags for privileged container ${only}`);
  if (features.split(',').some((one) => !one.startsWith('nesting=')))
    throw denied(`changing feature flags (except nesting) ${only}`);
  demandOnGuest(call.world.state, call.token, where, 'VM.Allocate');
}

function checkTemplate({ call, node }: Order): void {
  const { world, token } = call;
  const volid = textOf(call, 'ostemplate');
  const [id = '', name = ''] = volid.split(':vztmpl/');
  demand(world.state, token, `/storage/${id}`, ['Datastore.AllocateSpace', 'Datastore.Audit']);
  const storage = storageOn(world.state, node, id);
  if (!storage.templates?.includes(name)) throw died(`volume '${volid}' does not exist`);
}

function check(order: Order): void {
  const { call, node, vmid, rootfs } = order;
  demandRights(order);
  checkQuorum(call.world);
  checkTemplate(order);
  validateSshKeys(textOf(call, 'ssh-public-keys'));
  const { content } = storageOn(call.world.state, node, rootfs.storage);
  if (!content.includes('rootdir'))
    throw died(`storage '${rootfs.storage}' does not support container directories`);
  demandUnused(call.world.state, vmid);
}

function containerOf({ call, node, vmid }: Order): GuestState {
  const container: GuestState = {
    vmid,
    type: 'lxc',
    name: `CT${vmid}`,
    node,
    status: 'stopped',
    lock: 'create',
    disks: [],
    cores: 1,
    memoryMiB: 512,
    config: {
      ostype: 'debian',
      arch: 'amd64',
      unprivileged: flagOf(call, 'unprivileged') ? 1 : 0,
      ...(has(call, 'features') && { features: textOf(call, 'features') }),
    },
  };
  for (const name of Object.keys(settings.lxc)) {
    const value = call.values[name];
    if (value !== undefined) setSetting(container, name, typeof value === 'boolean' ? Number(value) : value);
  }
  if (has(call, 'net0')) container.net0 = completedNet(textOf(call, 'net0'));
  return container;
}

async function fill(order: Order, container: GuestState, worker: Worker): Promise<void> {
  const { call, node, vmid, pool, rootfs } = order;
  const { state } = call.world;
  try {
    demandSpace(state, node, { storage: rootfs.storage, gib: rootfs.gib, volume: `vm-${vmid}-disk-0` });
    container.disks = [rootfs];
    await worker.sleep(call.world.durations.createContainer);
  } catch (error) {
    // A node that loses its power leaves what it had made, locked.
    if (state.nodes.some((one) => one.name === node && one.online)) forget(state, container);
    throw died(
      `unable to create CT ${vmid} - ${error instanceof Error ? error.message.trim() : String(error)}`,
    );
  }
  delete container.lock;
  if (pool !== undefined) container.pool = pool;
}

/** Makes a container; answers the UPID. The id is taken at once, the pool is set last. */
export function createLxc(call: Call): string {
  const order = orderOf(call);
  const { world, token } = call;
  check(order);
  const container = containerOf(order);
  world.state.guests.push(container);
  const { node, vmid } = order;
  return world.tasks.fork(node, 'vzcreate', String(vmid), token.id, async (worker) => {
    await world.locks.hold(container, worker, () => fill(order, container, worker));
    if (flagOf(call, 'start')) startLxc({ world, node, type: 'lxc', vmid, user: token.id });
  }).upid;
}
