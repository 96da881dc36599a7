import type { Node } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { nodesOff } from './status.ts';

const node = (name: string, more: Partial<Node>): Node => ({
  id: `pve-${name}`,
  hypervisor: 'pve',
  node: name,
  online: false,
  ...more,
});

it('shows the nodes that are off because Huismeester shut them down, and what is wanted of them', () => {
  const nodes = [
    node('pve1', { online: true, desired: 'running' }),
    node('pve2', { desired: 'running', generation: 2, act: 'wake given up' }),
    node('pve3', { desired: 'stopped', generation: 1 }),
    node('pve4', { desired: 'hands-off', generation: 3 }),
    node('pve5', {}),
  ];
  expect(nodesOff(nodes)).toEqual([
    'Node off     pve-pve2, shut down by Huismeester, wanted running; wake given up',
    'Node off     pve-pve3, shut down by Huismeester, wanted stopped',
  ]);
});
