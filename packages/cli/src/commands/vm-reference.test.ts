import type { Vm } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { findTarget, pickVm } from './vm-reference.ts';

const vm = (id: string, name: string): Vm => ({
  id,
  name,
  hypervisor: 'pve',
  vmid: 1,
  kind: 'qemu',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
});
const vms = [vm('104', 'wiki'), vm('b-104', 'web'), vm('105', 'web'), vm('106', '104')];

it.each([
  ['104', '104'],
  ['vm/104', '104'],
  ['b-104', 'b-104'],
  ['wiki', '104'],
])('finds %s', (reference, id) => {
  expect(pickVm(vms, reference)).toEqual({ id, vm: vms.find((each) => each.id === id) });
});

it('takes an id that is not listed any more: the log may know it', () => {
  expect(pickVm(vms, 'vm/900')).toEqual({ id: '900' });
});

it('refuses a name of several, saying which, and of none', () => {
  expect(() => pickVm(vms, 'web')).toThrow('2 VMs are called web: say which of b-104, 105');
  expect(() => pickVm(vms, 'mail')).toThrow(NotFine);
});

it.each(['probe/web', 'switch/sw1', 'port/sw1/gi1', 'hypervisor/pve'])(
  'takes %s as it is: policy knows whether there is one, and what to hold instead of a hypervisor',
  async (reference) => {
    const asksNobody = {} as Api;
    expect(await findTarget(asksNobody, reference)).toEqual({ target: reference, id: reference });
  },
);

it('says which kinds there are, of one that there is not', () => {
  expect(() => pickVm(vms, 'lamp/kitchen', ['vm/<id>', 'ups/<id>'])).toThrow(
    'there is no lamp/kitchen: name a VM, or one of vm/<id>, ups/<id>',
  );
  expect(() => pickVm(vms, 'lamp/1')).toThrow('port/<switch>/<id>');
});
