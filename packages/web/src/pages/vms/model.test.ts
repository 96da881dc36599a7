import type { Creation, Vm } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { byClass, matching, quotaWith, stepsOf, toneOf, unfinished } from './model.ts';

const vm = (over: Partial<Vm>): Vm => ({
  id: '104',
  hypervisor: 'pve',
  vmid: 104,
  kind: 'qemu',
  name: 'web',
  class: 'participant',
  pool: 'deelnemers',
  node: 'pve1',
  status: 'running',
  ...over,
});
const at = (second: number) => new Date(Date.UTC(2026, 11, 2, 18, 0, second)).toISOString();

describe('how a VM is', () => {
  it.each<[Partial<Vm>, string]>([
    [{ status: 'running' }, 'good'],
    [{ status: 'running', desired: 'stopped' }, 'warn'],
    // On purpose, so neither good nor bad.
    [{ status: 'stopped' }, 'calm'],
    [{ status: 'stopped', desired: 'running' }, 'warn'],
    // Never good, nor bad.
    [{ status: 'unknown', desired: 'running' }, 'unknown'],
  ])('%o is %s', (over, tone) => {
    expect(toneOf(vm(over))).toBe(tone);
  });
});

it('finds those that have each word somewhere', () => {
  const all = ['web-1 pve1 draait', 'web-2 pve2 staat uit', 'mail pve1 staat uit'];
  const found = (typed: string) => matching(all, typed, (each) => each);
  expect(found('')).toEqual(all);
  expect(found('WEB uit')).toEqual(['web-2 pve2 staat uit']);
  expect(found('pve1')).toEqual(['web-1 pve1 draait', 'mail pve1 staat uit']);
  expect(found('nothing')).toEqual([]);
});

it('puts VMs by class, those that run first, then by name', () => {
  const all = [
    vm({ id: '1', name: 'ldap', class: 'core' }),
    vm({ id: '2', name: 'b', status: 'stopped' }),
    vm({ id: '3', name: 'c' }),
    vm({ id: '4', name: 'a', status: 'stopped' }),
  ];
  const ids = byClass(all).map(([of, vms]) => [of, vms.map(({ id }) => id)]);
  expect(ids).toEqual([
    ['participant', ['3', '4', '2']],
    ['core', ['1']],
  ]);
});

const creation = (over: Partial<Creation>): Creation => ({
  id: 'c1',
  owner: 'lisa',
  name: 'web',
  hypervisor: 'pve',
  vm: '104',
  vmid: 104,
  template: 'debian-13',
  kind: 'qemu',
  cores: 1,
  memory_mib: 1024,
  disk_gib: 10,
  step: 'planned',
  steps: [{ step: 'planned', at: at(0) }],
  ready: false,
  ...over,
});

it('shows one’s own makings that go on or failed, and none that are over', () => {
  const all = [
    creation({ id: 'goes-on' }),
    creation({ id: 'failed', step: 'failed', ready: true }),
    creation({ id: 'done', step: 'done', ready: true }),
    creation({ id: 'given-up', step: 'given-up', ready: true }),
    creation({ id: 'of-another', owner: 'mira' }),
  ];
  expect(unfinished(all, 'lisa').map(({ id }) => id)).toEqual(['goes-on', 'failed']);
  expect(unfinished(all, undefined)).toEqual([]);
});

describe('the steps of a making', () => {
  it('says how long each took, which is taken, and what is still to come', () => {
    const steps = [
      { step: 'planned', at: at(0) },
      { step: 'cloning', at: at(1) },
      { step: 'configuring', at: at(9) },
    ] as const;
    expect(stepsOf({ steps: [...steps], step: 'configuring', ready: false })).toEqual([
      { step: 'planned', is: 'done', took: 1 },
      { step: 'cloning', is: 'done', took: 8 },
      { step: 'configuring', is: 'now' },
      { step: 'resizing', is: 'ahead' },
      { step: 'starting', is: 'ahead' },
      { step: 'waiting-for-address', is: 'ahead' },
    ]);
  });

  it('shows none that was skipped, and nothing ahead of one that is done', () => {
    const steps = [
      { step: 'planned', at: at(0) },
      { step: 'starting', at: at(1) },
      { step: 'done', at: at(4) },
    ] as const;
    expect(stepsOf({ steps: [...steps], step: 'done', ready: true })).toEqual([
      { step: 'planned', is: 'done', took: 1 },
      { step: 'starting', is: 'done', took: 3 },
    ]);
  });
});

it('adds one VM of the chosen size to what is used', () => {
  const quota = {
    used: { vms: 1, cores: 2, memory_mib: 2048, disk_gib: 20 },
    allowed: { vms: 3, cores: 4, memory_mib: 8192, disk_gib: 80 },
  };
  expect(quotaWith(quota, { cores: 4, memory_mib: 4096, disk_gib: 40 }).map(({ used }) => used)).toEqual([
    2, 6, 6144, 60,
  ]);
  expect(quotaWith(quota, undefined).map(({ used }) => used)).toEqual([1, 2, 2048, 20]);
});
