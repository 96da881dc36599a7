import { expect, test } from 'vitest';
import { nodesFor, unusable } from './place.ts';

const gib = 1024 ** 3;
const node = (name: string, used: number, online = true) => ({
  name,
  online,
  memory: { used: used * gib, total: 64 * gib },
});

test('a storage that is not there, or not active, is said', () => {
  const storage = { storage: 'local-lvm', shared: false, active: true };
  expect(unusable(storage, 'local-lvm')).toBeUndefined();
  expect(unusable({ ...storage, active: false }, 'local-lvm')).toMatchObject({ failure: 'unreachable' });
  expect(unusable(undefined, 'local-lvm')).toMatchObject({ failure: 'refused' });
});

test('where it can stand: by its template, and by what is shared', () => {
  const here = (shared: boolean) => [{ storage: 'disks', shared, active: true }];
  const room = (shared: boolean) => ({
    at: new Date(0),
    nodes: [node('pve1', 1), node('pve2', 1), node('pve3', 1, false)],
    storages: new Map([['pve2', here(shared)]]),
    sources: new Map([['debian', { node: 'pve2', own: 'disks' }]]),
  });
  expect(nodesFor(room(false), { id: 'debian', kind: 'qemu' }, undefined)).toEqual(['pve2']);
  expect(nodesFor(room(true), { id: 'debian', kind: 'qemu' }, 'disks')).toEqual(['pve1', 'pve2']);
  expect(nodesFor(room(true), { id: 'debian', kind: 'qemu' }, 'others')).toEqual(['pve2']);
  expect(nodesFor(room(true), { id: 'gone', kind: 'qemu' }, undefined)).toEqual([]);
  expect(nodesFor(room(true), { id: 'lxc', kind: 'lxc', node: 'pve1' }, undefined)).toEqual(['pve1']);
});
