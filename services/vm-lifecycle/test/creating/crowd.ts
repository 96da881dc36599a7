import type { Creation } from '@huismeester/contracts';
import type { GuestState } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { expect } from 'vitest';
import { intentOf } from '../../src/core/creating/intent.ts';
import { openMakingSite } from './making-site.ts';

/** Of others, in our range: one that no token of ours sees, on each node. */
const strangers: GuestState[] = [
  { vmid: 900, type: 'qemu', name: 'notulen', node: 'pve1', status: 'running', pool: 'bestuur' },
  { vmid: 903, type: 'lxc', name: 'leden', node: 'pve2', status: 'running' },
];
/** So many ask at once, twice each: a number each, no more than their quota, and nobody else's VM is touched. */
export async function crowd(people: number): Promise<void> {
  const site = await openMakingSite({
    people,
    guests: strangers,
    speed: 1_000,
    durations: { resourcesDelay: 0 },
    more: 'quota: { vms: 1, cores: 1, memory: 1GiB, disk: 10GiB }\nsizes: { m: { cores: 1, memory: 1GiB, disk: 10GiB }, l: { cores: 1, memory: 1GiB, disk: 10GiB } }\nreserve: { memory: 100, storage: 100 }',
    state: {
      nodes: ['pve1', 'pve2'].map((name) => ({ name, online: true, memoryGib: 512 })),
      storages: [
        {
          id: 'local',
          type: 'dir',
          content: ['vztmpl'],
          totalGib: 100,
          templates: ['debian-13-standard_13.1-2_amd64.tar.zst'],
        },
        { id: 'local-lvm', type: 'lvmthin', content: ['images', 'rootdir'], totalGib: 4_000 },
      ],
    },
  });
  try {
    await allAtOnce(site, people);
  } finally {
    await site.close();
  }
}

async function allAtOnce(site: Awaited<ReturnType<typeof openMakingSite>>, people: number): Promise<void> {
  const before = structuredClone(strangers.map(({ vmid }) => site.simulator.guest(vmid)));
  const asked = await Promise.all(
    Array.from({ length: people * 2 }, (_, index) => {
      const person = (index % people) + 1;
      const template = person % 4 === 0 ? 'debian' : 'debian-lxc';
      return site.home.make(person, { name: `vm-${index}`, template });
    }),
  );
  const taken = asked.filter(({ status }) => status === 202).map(({ body }) => body as Creation);
  expect(taken).toHaveLength(people);
  expect(new Set(taken.map(({ vmid }) => vmid)).size).toBe(people);
  expect(
    asked.filter(({ status }) => status !== 202).map(({ body }) => (body as { code: string }).code),
  ).toEqual(Array.from({ length: people }, () => 'quota-exceeded'));
  await waitFor('all to be made', async () => (await site.home.creations()).every(({ ready }) => ready), {
    timeoutMs: 280_000,
    everyMs: 200,
  });
  const made = await site.home.creations();
  expect(made.filter(({ step }) => step !== 'done')).toEqual([]);

  // Of each creation one guest, under its number, and of none that there is no creation of.
  const isOurs = ({ vmid }: GuestState) => vmid < 9000 && !strangers.some((each) => each.vmid === vmid);
  const guests = site.simulator.state.guests.filter(isOurs);
  const found = guests.map(({ vmid, config }) => [
    vmid,
    intentOf(String(config?.description ?? ''))?.creation,
  ]);
  const expected = made.map(({ vmid, id }) => [vmid, id]);
  const byVmid = (a: readonly unknown[], b: readonly unknown[]) => Number(a[0]) - Number(b[0]);
  expect(found.toSorted(byVmid)).toEqual(expected.toSorted(byVmid));
  expect(strangers.map(({ vmid }) => site.simulator.guest(vmid))).toEqual(before);
  expect(site.simulator.deletes).toBe(0);
}
