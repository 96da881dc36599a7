import { expect, test } from 'vitest';
import { misfits } from './misfits.ts';

const token = (id: string) => ({ id: `huismeester@pve!${id}`, secret: 'x' });
const debian = { id: 'debian', kind: 'qemu' as const, vmid: 9000, minDisk: '4GiB' };
const pve = {
  id: 'pve',
  tokens: { operate: token('operate'), create: token('create') },
  pools: { participant: 'deelnemers' },
  vmids: { from: 900, to: 999 },
  storage: 'local-lvm',
  bridge: 'vmbr0',
  templates: [debian],
};
const sizes = {
  s: { cores: 1, memory: '1GiB', disk: '10GiB' },
  m: { cores: 2, memory: '2GiB', disk: '20GiB' },
  l: { cores: 4, memory: '4GiB', disk: '40GiB' },
};
const quota = { vms: 3, cores: 4, memory: '8GiB', disk: '80GiB' };

/** The paths of what does not fit in one hypervisor. */
const wrong = (hypervisor: object, more: object = {}) =>
  misfits({ hypervisors: [hypervisor], sizes, quota, ...more }).map(({ path }) => path.join('.'));
const without = (key: keyof typeof pve) =>
  Object.fromEntries(Object.entries(pve).filter(([name]) => name !== key));

test('what makes VMs fits together, and so does a hypervisor on which none are made', () => {
  expect(wrong(pve)).toEqual([]);
  expect(
    wrong({ id: 'pve', tokens: { operate: token('operate') }, pools: { core: 'core' }, templates: [] }),
  ).toEqual([]);
});

test.each([
  ['no range of numbers', without('vmids'), ['hypervisors.0.vmids']],
  ['no storage', without('storage'), ['hypervisors.0.storage']],
  ['no pool', { ...pve, pools: { core: 'core' } }, ['hypervisors.0.pools.participant']],
  [
    'no token',
    { ...pve, tokens: { operate: token('operate') } },
    ['hypervisors.0.tokens.create', 'hypervisors.0.tokens.create'],
  ],
  [
    'one token for both',
    { ...pve, tokens: { operate: token('a'), create: token('a') } },
    ['hypervisors.0.tokens.create.id'],
  ],
  [
    'a range that ends before it begins',
    { ...pve, vmids: { from: 900, to: 800 } },
    ['hypervisors.0.vmids.to'],
  ],
  [
    'a template among our numbers',
    { ...pve, vmids: { from: 900, to: 9999 } },
    ['hypervisors.0.templates.0.vmid'],
  ],
  [
    'one template under two names',
    { ...pve, templates: [debian, { ...debian, id: 'debian-13' }] },
    ['hypervisors.0.templates.1.vmid'],
  ],
  [
    'a container template with a vmid, and no bridge',
    { ...without('bridge'), templates: [{ ...debian, kind: 'lxc' }] },
    ['hypervisors.0.bridge', 'hypervisors.0.templates.0.ostemplate', 'hypervisors.0.templates.0.vmid'],
  ],
  [
    'two templates of one id',
    { ...pve, templates: [debian, { ...debian, vmid: 9001 }] },
    ['hypervisors.0.templates.1.id'],
  ],
])('%s is refused', (_, hypervisor, paths) => {
  expect(wrong(hypervisor)).toEqual(paths);
});

test('a size that no quota has room for is refused', () => {
  const larger = { ...sizes, l: { cores: 5, memory: '9GiB', disk: '81GiB' } };
  expect(wrong(pve, { sizes: larger })).toEqual(['sizes.l.cores', 'sizes.l.memory', 'sizes.l.disk']);
});
