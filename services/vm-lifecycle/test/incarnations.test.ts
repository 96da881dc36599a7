import { waitFor } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { desired, request, vm } from '../src/schema.ts';
import { leaseEvents, own } from './owned.ts';
import { asked, byHand, decided, event, found, guest, openSpace, type Space } from './space.ts';

/* A vmid is reused at once: another guest under it inherits nothing, and nothing that was decided reaches it. */

const pool = 'deelnemers';
let space: Space;

beforeAll(async () => {
  space = await openSpace({
    guests: [
      ...[101, 102, 103, 104, 105, 107].map((vmid) => guest(vmid, { pool })),
      guest(106, { pool, type: 'lxc' }),
    ],
  });
  await found(space, 107);
});
afterAll(async () => {
  await space.close();
});

const typesOf = async (subject: string) =>
  (await space.home.events()).filter((each) => each.subject === subject).map(({ type }) => type);

test('another guest that is made under the vmid between two looks is found, and inherits nothing', async () => {
  const id = await own(space, 101);
  await leaseEvents(space, id, 'lease.started');
  await decided(space, 101, 'running');
  const { orm } = space.home.running.database;
  const before = await space.home.vm(101);
  space.simulator.replace(101, { status: 'running', name: 'vm101' });
  const gone = await event(space, 101, 'vm.unlisted');
  const next = await event(space, 101, 'vm.found', 2);
  expect((gone.data as { because: string }).because).toMatch(/^(replaced|destroyed)$/);
  expect((next.data as { incarnation: string }).incarnation).not.toBe(before.incarnation);
  expect(next.position).toBe(gone.position + 1);
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun', 'ownership.ended']);
  expect(await typesOf(`lease/${id}`)).toEqual(['lease.started', 'lease.ended']);
  expect(await orm.select().from(desired).where(eq(desired.target, 'vm/101'))).toEqual([]);
  expect(await orm.select().from(request).where(eq(request.target, 'vm/101'))).toEqual([]);
  const now = await space.home.vm(101);
  expect(now).toMatchObject({ unclaimed: true, status: 'running' });
  expect(now).not.toHaveProperty('lease');
  const { entities } = await space.home.snapshot();
  expect(entities.some(({ subject }) => subject === `ownership/${id}` || subject === `lease/${id}`)).toBe(
    false,
  );
});

test('a container is known by its MAC', async () => {
  const id = await own(space, 106);
  space.simulator.replace(106, { status: 'running' });
  await event(space, 106, 'vm.unlisted');
  expect(await typesOf(`ownership/${id}`)).toContain('ownership.ended');
});

test('the guest itself, restored or rolled back, is the same', async () => {
  const id = await own(space, 102);
  space.simulator.rollback(102, { start: true });
  Object.assign(space.simulator.guest(102), { name: 'andere-naam', memoryMiB: 4096 });
  await event(space, 102, 'vm.renamed');
  expect((await event(space, 102, 'vm.resized')).data).toMatchObject({ memory_mib: 4096 });
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun']);
});

test('one that is destroyed is gone for good', async () => {
  const id = await own(space, 103);
  await byHand(space, '/nodes/pve1/qemu/103/status/stop');
  await event(space, 103, 'vm.stopped');
  await waitFor('that its task ended', () => space.simulator.tasks().every(({ endtime }) => endtime));
  await byHand(space, '/nodes/pve1/qemu/103', 'DELETE');
  expect((await event(space, 103, 'vm.unlisted')).data).toMatchObject({ because: 'destroyed' });
  const ended = (await space.home.events()).find(
    ({ subject, type }) => subject === `ownership/${id}` && type === 'ownership.ended',
  );
  expect(ended?.data).toMatchObject({ because: 'destroyed' });
});

test('one that is not shown to us for a while is the same guest when it is: owner and lease stay', async () => {
  const id = await own(space, 104);
  await leaseEvents(space, id, 'lease.started');
  // The inspector reads it no more for ten minutes.
  await event(space, 104, 'vm.inspected');
  const before = await space.home.vm(104);
  const [token] = space.simulator.state.tokens;
  if (!token) throw new Error('there is no token');
  const rights = token.privileges;
  const privs = rights.flatMap((each) => each.privs).filter((priv) => !priv.startsWith('VM.'));
  const others = [101, 102, 105, 106, 107].map((vmid) => ({ path: `/vms/${vmid}`, privs: ['VM.Audit'] }));
  const requests = space.simulator.requests.length;
  token.privileges = [{ path: '/', privs }, ...others];
  const gone = await event(space, 104, 'vm.unlisted');
  expect(gone.data).toEqual({ vm: '104' });
  // Of one that is not listed nothing is read (PRIV-2).
  const read = space.simulator.requests.slice(requests).filter(({ path }) => path.includes('/104/'));
  expect(read).toEqual([]);
  token.privileges = rights;
  const again = await event(space, 104, 'vm.found', 2);
  expect(again.data).toMatchObject({ incarnation: before.incarnation });
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun']);
  expect(await typesOf(`lease/${id}`)).toEqual(['lease.started']);
  expect(await space.home.vm(104)).toMatchObject({ lease: { number: 1 } });
});

test('what is stored of before is identified, and keeps all that it has', async () => {
  const id = await own(space, 105);
  await leaseEvents(space, id, 'lease.started');
  const { orm } = space.home.running.database;
  const before = await space.home.vm(105);
  await orm.update(vm).set({ incarnation: null, cores: null, memoryMib: null, diskGib: null });
  await space.restart();
  expect((await event(space, 105, 'vm.identified')).data).toMatchObject({ incarnation: before.incarnation });
  await waitFor('its sizes', async () => (await space.home.vm(105)).cores === 2);
  expect(await space.home.vm(105)).toMatchObject({ owner: before.owner, lease: before.lease });
  expect(await typesOf(`ownership/${id}`)).toEqual(['ownership.begun']);
});

test('what was decided for the guest before never reaches another: not even when no listing has shown it yet', async () => {
  const slow = await openSpace({ guests: [guest(201, { pool })], poll: '20s' });
  try {
    await found(slow, 201);
    slow.simulator.replace(201, { status: 'running', name: 'vm201' });
    await slow.home.decide('201', 'stopped');
    await event(slow, 201, 'vm.unlisted');
    await event(slow, 201, 'vm.found', 2);
    expect(asked(slow, 201, 'shutdown')).toEqual([]);
    expect(slow.simulator.guest(201).status).toBe('running');
  } finally {
    await slow.close();
  }
});

test('a stop and a start by a person between two looks begin a lease', async () => {
  // However long both take, its process is younger than it was.
  const startedAt = Date.now() - 3_600_000;
  const slow = await openSpace({
    guests: [guest(202, { pool, startedAt })],
    poll: '2s',
    durations: { resourcesDelay: 0 },
  });
  try {
    const id = await own(slow, 202);
    await leaseEvents(slow, id, 'lease.started');
    const { simulator } = slow;
    // No look falls between them.
    simulator.faults.refuse('GET', /cluster\/resources/, { status: 503, reason: 'busy', times: 1e6 });
    await byHand(slow, '/nodes/pve1/qemu/202/status/stop');
    await waitFor('it is off', () => simulator.guest(202).status === 'stopped');
    await byHand(slow, '/nodes/pve1/qemu/202/status/start');
    await waitFor('it runs', () => simulator.guest(202).status === 'running');
    simulator.faults.clear();
    // Nor can its node say at once who did that.
    simulator.faults.refuse('GET', /\/tasks/, { status: 500, reason: 'busy', times: 2 });
    const [, next] = await leaseEvents(slow, id, 'lease.started', 2);
    expect(next?.data).toMatchObject({ number: 2, how: 'started' });
    expect((await slow.home.eventsOf(202)).map(({ type }) => type)).toEqual(['vm.found']);
  } finally {
    await slow.close();
  }
});
