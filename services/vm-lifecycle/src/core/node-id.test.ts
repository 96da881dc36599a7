import { expect, test } from 'vitest';
import { collidesWith, nodeIdFor } from './node-id.ts';

test('a node is named after its hypervisor and itself', () => {
  expect(nodeIdFor('pve', 'PVE1', new Set())).toBe('pve-pve1');
  expect(collidesWith({ id: 'pve-pve1', hypervisor: 'pve', node: 'PVE1' })).toBeUndefined();
});

test('of two whose ids would be the same, the second and the third get a number', () => {
  const taken = new Set(['pve-b-n1']);
  expect(nodeIdFor('pve-b', 'n1', taken)).toBe('pve-b-n1-2');
  expect(nodeIdFor('pve-b', 'n1', taken.add('pve-b-n1-2'))).toBe('pve-b-n1-3');
  expect(collidesWith({ id: 'pve-b-n1-2', hypervisor: 'pve-b', node: 'n1' })).toBe('pve-b-n1');
});
