import type { Problem } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { openMakingSite } from './making-site.ts';

test('a crowd of containers leaves a storage its reserve: what is accepted counts before it is measured', async () => {
  const site = await openMakingSite({
    people: 4,
    more: 'quota: { vms: 1, cores: 8, memory: 16GiB, disk: 99GiB }',
    state: {
      nodes: [{ name: 'pve1', online: true, memoryGib: 64 }],
      storages: [
        {
          id: 'local',
          type: 'dir',
          content: ['vztmpl'],
          totalGib: 100,
          templates: ['debian-13-standard_13.1-2_amd64.tar.zst'],
        },
        { id: 'local-lvm', type: 'lvmthin', content: ['images', 'rootdir'], totalGib: 100, usedGib: 20 },
      ],
    },
  });
  try {
    const isLast = ({ path }: { readonly path: string }) => path.endsWith('/qemu/9000/config');
    await waitFor('what is free to be measured', () => site.simulator.requests.some(isLast) || undefined);
    await site.home.ask('GET', '/api/v1/templates', { person: 1 });
    const size = { cores: 1, memory: '1GiB', disk: '30GiB' };
    const asked = await Promise.all(
      [1, 2, 3, 4].map((person) => site.home.make(person, { template: 'debian-lxc', size })),
    );
    // With the template's disk 24 GiB are used: with two more it is 84 of the 90.
    const refused = asked.filter(({ status }) => status !== 202);
    expect(refused.map(({ body }) => body as Problem)).toMatchObject(
      Array.from({ length: 2 }, () => ({
        code: 'quota-exceeded',
        errors: [{ field: 'storage local-lvm', allowed: '90 GiB of 100' }],
      })),
    );
  } finally {
    await site.close();
  }
});
