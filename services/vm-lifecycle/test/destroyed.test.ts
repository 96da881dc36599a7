import { randomUUID } from 'node:crypto';
import { waitFor } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vm } from '../src/schema.ts';
import { leaseEvents, own } from './owned.ts';
import { openPeopleSpace } from './people-space.ts';
import { byHand, event, found, guest, openSpace, type Space } from './space.ts';

/* Which guest a task has destroyed is told though the clocks of nodes differ from ours: here one is 30 s ahead. */

const pool = 'deelnemers';
const nodes = [
  { name: 'pve1', online: true, clockAhead: 30 },
  { name: 'pve2', online: true },
];
const itself = { smbios1: `uuid=${randomUUID()}`, net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0' };
const off = { pool, status: 'stopped' } as const;
let space: Space;

beforeAll(async () => {
  space = await openSpace({
    guests: [guest(101, off), guest(102, off), guest(103, { ...off, ...itself })],
    state: { nodes },
  });
  await found(space, 103);
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

test('one that was destroyed and restored while it was off is another once its configuration is read', async () => {
  const id = await own(space, 103);
  await space.home.running.database.orm
    .update(vm)
    .set({ changedAt: new Date(Date.now() - 3_600_000) })
    .where(eq(vm.id, '103'));
  space.simulator.replace(103, { ...itself, status: 'stopped', name: 'vm103' });
  await space.restart();
  expect((await event(space, 103, 'vm.unlisted')).data).toMatchObject({ because: 'destroyed' });
  await event(space, 103, 'vm.found', 2);
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun', 'ownership.ended']);
});

test('nothing is asked of one that was destroyed and restored while it was off, and it is nobody’s', async () => {
  const place = await openPeopleSpace({ guests: [guest(301, { ...off, ...itself })], state: { nodes } });
  try {
    const team = await place.somebody('participant', 'infrateam');
    const ann = await place.somebody('participant');
    await place.give(team, 301, ann);
    place.space.simulator.replace(301, { ...itself, status: 'stopped', name: 'vm301' });
    const act = await place.done(ann, 301, { act: 'start' });
    // The second where the listing saw it before the act was looked at.
    expect(act.error).toMatch(/another guest stands under its number|it has no owner any more/);
    expect((await event(place.space, 301, 'vm.unlisted')).data).toMatchObject({ because: 'destroyed' });
    await event(place.space, 301, 'vm.found', 2);
    expect(place.space.simulator.guest(301).status).toBe('stopped');
    expect(await place.space.home.vm(301)).toMatchObject({ unclaimed: true });
  } finally {
    await place.space.close();
  }
});
