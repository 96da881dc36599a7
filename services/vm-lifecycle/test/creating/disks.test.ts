import { expect, test } from 'vitest';
import { openDriven } from './driven.ts';
import { startCluster } from './making-site.ts';

test('the disk that grows is the one that the quota counts, whatever else the template has', async () => {
  const simulator = await startCluster();
  const driven = await openDriven(simulator);
  try {
    simulator.guest(9000).disks = [
      { key: 'sata0', storage: 'local-lvm', gib: 2 },
      { key: 'scsi0', storage: 'local-lvm', gib: 4 },
    ];
    const { vmid, state } = await driven.run(await driven.begin());
    expect(state.step).toBe('done');
    const disks = simulator.guest(vmid).disks?.map(({ key, gib }) => [key, gib]);
    expect(disks).toEqual([
      ['sata0', 2],
      ['scsi0', state.diskGib],
    ]);
  } finally {
    await driven.close();
    await simulator.close();
  }
});
