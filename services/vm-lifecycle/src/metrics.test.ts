import type { Vm } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { runningOf, wantedOf } from './metrics.ts';

const vm: Vm = {
  id: '104',
  hypervisor: 'pve',
  vmid: 104,
  kind: 'qemu',
  name: 'wiki',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
};

it.each([
  ['running', 1],
  ['stopped', 0],
  ['unknown', undefined],
] as const)('a VM that is %s counts as %s', (status, value) => {
  expect(runningOf({ ...vm, status })).toBe(value);
});

it.each([
  ['running', 1],
  ['stopped', 0],
  ['hands-off', undefined],
] as const)('a VM that policy wants %s counts as %s', (desired, value) => {
  expect(wantedOf({ ...vm, desired })).toBe(value);
});

it('of a VM about which nothing was decided nothing is wanted', () => {
  expect(wantedOf(vm)).toBeUndefined();
});
