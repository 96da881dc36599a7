import { expect, test } from 'vitest';
import { guestsInPools } from './pools.ts';

const pools = { core: 'core', participant: 'deelnemers' };
const row = { type: 'qemu', vmid: 101, name: 'web', pool: 'core', node: 'pve1', status: 'running' };

test('a guest in a listed pool has the class of that pool', () => {
  expect(guestsInPools([row, { ...row, type: 'lxc', vmid: 102, pool: 'deelnemers' }], pools)).toEqual([
    { vmid: 101, kind: 'qemu', name: 'web', class: 'core', pool: 'core', node: 'pve1', status: 'running' },
    {
      vmid: 102,
      kind: 'lxc',
      name: 'web',
      class: 'participant',
      pool: 'deelnemers',
      node: 'pve1',
      status: 'running',
    },
  ]);
});

test.each([
  ['another pool', { ...row, pool: 'bestuur' }],
  ['no pool', { ...row, pool: undefined }],
  ['an empty pool', { ...row, pool: '' }],
  ['a template', { ...row, template: 1 }],
  ['a template, said as true', { ...row, template: true }],
  ['no node', { ...row, node: undefined }],
  ['no guest', { ...row, type: 'storage' }],
  ['a class that is an inherited name', { ...row, pool: 'constructor' }],
])('nothing remains of %s (PRIV-2)', (_, hidden) => {
  expect(guestsInPools([hidden], pools)).toEqual([]);
});

test.each(['unknown', 'paused', undefined])('status %s is unknown', (status) => {
  expect(guestsInPools([{ ...row, status }], pools)[0]?.status).toBe('unknown');
});
