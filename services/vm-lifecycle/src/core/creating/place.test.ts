import { expect, test } from 'vitest';
import { intendedByNode, nodesFor, placeFor, roomOn } from './place.ts';

const gib = 1024 ** 3;
const node = (name: string, used: number, online = true) => ({
  name,
  online,
  memory: { used: used * gib, total: 64 * gib },
});
const reserve = { memory: 85, storage: 90 };
const asked = { memoryMib: 4096, diskGib: 20, reserve };

test('the online node with most memory free, of those where it can stand', () => {
  const nodes = [node('pve1', 40), node('pve2', 10), node('pve3', 0, false)];
  expect(placeFor({ ...asked, nodes, possible: ['pve1', 'pve2', 'pve3'] })).toEqual({ node: 'pve2' });
  expect(placeFor({ ...asked, nodes, possible: ['pve1'] })).toEqual({ node: 'pve1' });
});

test('none where the reserve would be used, or that is not online', () => {
  const nodes = [node('pve1', 51), node('pve3', 0, false)];
  expect(placeFor({ ...asked, nodes, possible: ['pve1'] })).toMatchObject({ failure: 'no-room' });
  expect(placeFor({ ...asked, nodes: [node('pve1', 50)], possible: ['pve1'] })).toEqual({ node: 'pve1' });
  expect(placeFor({ ...asked, nodes, possible: ['pve3'] })).toMatchObject({ failure: 'unreachable' });
});

test('a storage keeps its reserve, the new disk included', () => {
  const ask = { name: 'local-lvm', diskGib: 20, reserve };
  const storage = { storage: 'local-lvm', shared: false, active: true, totalBytes: 100 * gib };
  expect(roomOn({ ...storage, usedBytes: 70 * gib }, ask)).toBeUndefined();
  expect(roomOn({ ...storage, usedBytes: 71 * gib }, ask)).toMatchObject({ failure: 'no-room' });
  expect(roomOn({ ...storage, active: false }, ask)).toMatchObject({ failure: 'unreachable' });
  expect(roomOn(undefined, ask)).toMatchObject({ failure: 'refused' });
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

test('what has no node yet counts where most is free, one after the other', () => {
  const nodes = [node('pve1', 60), node('pve2', 58)];
  const possible = ['pve1', 'pve2'];
  const sums = intendedByNode(nodes, [
    { node: 'pve1', possible, memoryMib: 1024 },
    ...Array.from({ length: 3 }, () => ({ possible, memoryMib: 3072 })),
  ]);
  // pve1 has 3 GiB left by then, pve2 6, 3 and 0.
  expect(Object.fromEntries(sums)).toEqual({ pve1: 1024 + 3072, pve2: 2 * 3072 });
});
