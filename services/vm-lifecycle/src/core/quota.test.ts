import { describe, expect, it } from 'vitest';
import { type CountedVm, overQuota, useOf } from './quota.ts';

const allowed = { vms: 3, cores: 4, memoryMib: 8192, diskGib: 80 };
const vm = (id: string, more: Partial<CountedVm> = {}): CountedVm => ({
  vm: id,
  running: true,
  cores: 2,
  memoryMib: 2048,
  diskGib: 20,
  ...more,
});

describe('a quota', () => {
  it('counts every VM with its disk, and those that run with cores and memory', () => {
    const use = useOf([vm('1'), vm('2', { running: false, diskGib: 30 })]);
    expect(use).toEqual({ vms: 2, cores: 2, memoryMib: 2048, diskGib: 50 });
  });

  it('is kept to the last core', () => {
    const account = { allowed, vms: [vm('1')] };
    expect(overQuota(account, { cores: 2, memoryMib: 6144 })).toBeUndefined();
    expect(overQuota(account, { cores: 3 })).toMatchObject({ code: 'quota-exceeded', clause: 'PART-2' });
  });

  it('is refused with used, asked, allowed of each, and which VM to stop', () => {
    const vms = [
      vm('1', { name: 'wiki' }),
      vm('2', { memoryMib: 4096 }),
      vm('3', { running: false, diskGib: 40 }),
    ];
    const refused = overQuota({ allowed, vms }, { vms: 1, cores: 1, memoryMib: 4096, diskGib: 1 });
    expect(refused?.title).toContain('VMs used 3, asked 1, allowed 3');
    expect(refused?.errors).toEqual([
      { field: 'vms', found: 'used 3, asked 1', allowed: '3 VMs; delete one of 1 (wiki), 2, 3' },
      { field: 'cores', found: 'used 4, asked 1', allowed: '4 cores; stop one of 1 (wiki), 2' },
      {
        field: 'memoryMib',
        found: 'used 6144, asked 4096',
        allowed: '8192 MiB of memory; stop one of 2, 1 (wiki)',
      },
      {
        field: 'diskGib',
        found: 'used 80, asked 1',
        allowed: '80 GiB of disk; delete one of 3, 1 (wiki), 2',
      },
    ]);
  });

  it('made smaller refuses nothing that is there already', () => {
    const account = { allowed: { ...allowed, cores: 1 }, vms: [vm('1')] };
    expect(overQuota(account, { diskGib: 10 })).toBeUndefined();
  });
});
