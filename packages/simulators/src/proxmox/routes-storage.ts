import { flag, node, optionalText, optionalVmid, text } from './parameters.ts';
import { allowed, guestsWith } from './permissions.ts';
import { type Call, flagOf, has, numberOf, type Route, textOf } from './route.ts';
import type { StorageState } from './state.ts';
import { disksOf, isOn, storageOn, storagesOf, usedGib, volumeOf } from './storage.ts';

const GiB = 2 ** 30;
const templateBytes = 128 * 2 ** 20;

const seeing = ['Datastore.Audit', 'Datastore.AllocateSpace'];

function statusRow(call: Call, storage: StorageState): Record<string, string | number> {
  const { type, content, shared = false, away = false } = storage;
  const total = away ? 0 : storage.totalGib * GiB;
  const used = away ? 0 : Math.floor(usedGib(call.world.state, textOf(call, 'node'), storage) * GiB);
  return {
    type,
    content: content.join(','),
    shared: shared ? 1 : 0,
    enabled: 1,
    active: away ? 0 : 1,
    total,
    used,
    avail: Math.max(0, total - used),
  };
}

function storages(call: Call): unknown[] {
  const { world, token } = call;
  const wanted = textOf(call, 'content')
    .split(',')
    .filter((one) => one !== '');
  return storagesOf(world.state)
    .filter((one) => isOn(one, textOf(call, 'node')))
    .filter((one) => !has(call, 'storage') || one.id === textOf(call, 'storage'))
    .filter((one) => wanted.length === 0 || wanted.some((content) => one.content.includes(content)))
    .filter((one) => !(flagOf(call, 'enabled') && one.away))
    .filter((one) => seeing.some((priv) => allowed(world.state, token, `/storage/${one.id}`, priv)))
    .map((one) => {
      const row = statusRow(call, one);
      const fraction = Number(row.total) > 0 ? Number(row.used) / Number(row.total) : 0;
      return { storage: one.id, ...row, ...(!one.away && { used_fraction: fraction }) };
    });
}

function found(call: Call): StorageState {
  return storageOn(call.world.state, textOf(call, 'node'), textOf(call, 'storage'));
}

/** OS templates, and the disks of guests that the token may configure. */
function content(call: Call): unknown[] {
  const { world, token } = call;
  const { state } = world;
  const storage = found(call);
  const templates = (storage.templates ?? []).map((name) => ({
    volid: `${storage.id}:vztmpl/${name}`,
    format: `t${name.split('.').at(-1)}`,
    content: 'vztmpl',
    size: templateBytes,
    ctime: 1_764_000_000,
  }));
  const guests = state.guests.filter((guest) => storage.shared || guest.node === textOf(call, 'node'));
  const disks = guestsWith(state, token, guests, 'VM.Config.Disk')
    .flatMap((guest) => disksOf(guest).map((disk) => ({ guest, disk })))
    .filter(({ disk }) => disk.storage === storage.id)
    .map(({ guest, disk }) => ({
      volid: volumeOf(guest, disk),
      vmid: guest.vmid,
      format: 'raw',
      content: guest.type === 'qemu' ? 'images' : 'rootdir',
      size: disk.gib * GiB,
    }));
  return [...templates, ...disks].filter(
    (row) =>
      (!has(call, 'content') || row.content === textOf(call, 'content')) &&
      (!has(call, 'vmid') || ('vmid' in row && row.vmid === numberOf(call, 'vmid'))),
  );
}

const permission = { path: '/storage/{storage}', priv: seeing };

export const storageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/storage',
    proxied: true,
    parameters: { node, content: optionalText, storage: optionalText, enabled: flag },
    handle: storages,
  },
  {
    method: 'GET',
    path: '/nodes/{node}/storage/{storage}/content',
    proxied: true,
    parameters: { node, storage: text, content: optionalText, vmid: optionalVmid },
    permission,
    handle: content,
  },
  {
    method: 'GET',
    path: '/nodes/{node}/storage/{storage}/status',
    proxied: true,
    parameters: { node, storage: text },
    permission,
    handle: (call) => statusRow(call, found(call)),
  },
];
