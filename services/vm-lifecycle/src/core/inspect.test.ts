import { expect, test } from 'vitest';
import type { Guest } from './guest.ts';
import { inspected } from './inspect.ts';

const guest: Guest = {
  id: '101',
  hypervisor: 'pve',
  vmid: 101,
  kind: 'qemu',
  name: 'web',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
  changedAt: new Date(0),
};
const traits = { onboot: true, agent: true, ha: false };

test('the first look says what there is', () => {
  expect(inspected(guest, traits)).toEqual({
    type: 'vm.inspected',
    subject: 'vm/101',
    data: { vm: '101', onboot: true, agent: true, ha: false },
  });
  expect(inspected({ ...guest, kind: 'lxc' }, { onboot: false, ha: true })?.data).toEqual({
    vm: '101',
    onboot: false,
    ha: true,
  });
});

test('what is known is not said again, and each change is', () => {
  const known = { ...guest, ...traits };
  expect(inspected(known, traits)).toBeUndefined();
  for (const change of [{ onboot: false }, { agent: false }, { ha: true }])
    expect(inspected(known, { ...traits, ...change })?.data).toMatchObject(change);
});
