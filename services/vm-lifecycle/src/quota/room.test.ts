import { ProxmoxError } from '@huismeester/proxmox';
import { expect, it } from 'vitest';
import { overReserve } from '../core/reserve.ts';
import { measure } from './room.ts';

const GiB = 1024 ** 3;
const place = { vmid: 104, kind: 'qemu', node: 'pve1' } as const;
const at = new Date(0);
const busy = () =>
  Promise.reject(
    new ProxmoxError({ code: 'node-unknown', request: 'GET /nodes', status: 596, reason: 'no answer' }),
  );
const hypervisor = {
  nodes: async () => [{ name: 'pve1', online: true, memory: { used: 54 * GiB, total: 64 * GiB } }],
  sizedConfig: async () => ({
    digest: 'd',
    memoryMib: 2048,
    disks: [{ key: 'scsi0', storage: 'local-lvm', sizeGib: 10 }],
  }),
};
const maker = {
  storages: async () => [
    {
      storage: 'local-lvm',
      shared: false,
      active: true,
      usedBytes: 85 * GiB,
      totalBytes: 100 * GiB,
    },
  ],
};
type Measured = Awaited<ReturnType<typeof measure>>;
const over = ({ readings, storage }: Measured, asked: { memoryMib: number; diskGib: number }) =>
  overReserve(
    { readings, intended: [], reserve: { memory: 85, storage: 90 } },
    { node: 'pve1', storage, ...asked },
  )?.errors?.[0]?.field;
const start = { memoryMib: 2048, diskGib: 0 };
const resize = { memoryMib: 0, diskGib: 10 };

it('knows what can be measured, each for itself', async () => {
  const all = await measure(maker, hypervisor, { place, at });
  expect([over(all, start), over(all, resize)]).toEqual(['memory of node pve1', 'storage local-lvm']);
  const noToken = await measure(undefined, hypervisor, { place, at });
  expect([over(noToken, start), over(noToken, resize)]).toEqual(['memory of node pve1', undefined]);
  const noStorages = await measure({ storages: busy }, hypervisor, { place, at });
  expect([over(noStorages, start), over(noStorages, resize)]).toEqual(['memory of node pve1', undefined]);
  const noConfig = await measure(maker, { ...hypervisor, sizedConfig: busy }, { place, at });
  expect(over(noConfig, start)).toBe('memory of node pve1');
  const noNodes = await measure(maker, { ...hypervisor, nodes: busy }, { place, at });
  expect([over(noNodes, start), over(noNodes, resize)]).toEqual([undefined, 'storage local-lvm']);
  const nothing = await measure(maker, undefined, { place, at });
  expect([over(nothing, start), over(nothing, resize)]).toEqual([undefined, undefined]);
});
