import { randomUUID } from 'node:crypto';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaseEvents, own } from './owned.ts';
import { byHand, event, found, guest, openSpace, type Space } from './space.ts';

/* Which guest a task has destroyed is told though the clocks of nodes differ from ours: here one is 30 s ahead. */

const pool = 'deelnemers';
const nodes = [
  { name: 'pve1', online: true, clockAhead: 30 },
  { name: 'pve2', online: true },
];
const off = { pool, status: 'stopped' } as const;
let space: Space;

beforeAll(async () => {
  space = await openSpace({
    guests: [guest(101, off), guest(102, off)],
    state: { nodes },
  });
  await found(space, 102);
});
afterAll(() => space.close());

const typesOf = async (subject: string, of = space) =>
  (await of.home.events()).filter((each) => each.subject === subject).map(({ type }) => type);
const start = (vmid: number) => byHand(space, `/nodes/pve1/qemu/${vmid}/status/start`);

/** Somebody destroys a VM of somebody else's, and the next makes one that gets its number: answers its ownership. */
async function reuse(vmid: number): Promise<string> {
  const before = await own(space, vmid);
  await byHand(space, `/nodes/pve1/qemu/${vmid}`, 'DELETE');
  expect((await event(space, vmid, 'vm.unlisted')).data).toMatchObject({ because: 'destroyed' });
  expect(await typesOf(`ownership/${before}`)).toContain('ownership.ended');
  // A clone: its task names the template.
  space.simulator.state.guests.push(guest(vmid, { ...off, smbios1: `uuid=${randomUUID()}` }));
  const { data } = await event(space, vmid, 'vm.found', 2);
  const { incarnation } = data as { incarnation: string };
  await waitFor('it is shown', async () => (await space.home.vm(vmid)).incarnation === incarnation);
  return await own(space, vmid);
}

test('who gets the number of a VM that was just destroyed keeps theirs: when it starts, and when it is not listed', async () => {
  const id = await reuse(101);
  await start(101);
  await event(space, 101, 'vm.started');
  await leaseEvents(space, id, 'lease.started');
  space.simulator.guest(101).pool = 'bestuur';
  expect((await event(space, 101, 'vm.unlisted', 2)).data).toEqual({ vm: '101' });
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun']);
  expect(await typesOf(`lease/${id}`)).toEqual(['lease.started']);
});

test('also when we were off in between', async () => {
  const id = await reuse(102);
  await space.restart();
  await start(102);
  await event(space, 102, 'vm.started');
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun']);
});
