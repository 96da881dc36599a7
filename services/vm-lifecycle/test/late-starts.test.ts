import { waitFor } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lease } from '../src/schema.ts';
import { leaseEvents, leasesLookedAt, own } from './owned.ts';
import { byHand, event, found, guest, openSpace, type Space } from './space.ts';

/* Starts that nobody saw as they happened: since we could not look, or since the VM was not listed (PART-4). */

const pool = 'deelnemers';
const hourMs = 3_600_000;
let space: Space;

beforeAll(async () => {
  const startedAt = Date.now() - 2 * hourMs;
  space = await openSpace({
    guests: [
      ...[101, 102, 103, 105].map((vmid) => guest(vmid, { pool, startedAt })),
      guest(104, { pool, startedAt, node: 'pve2', onboot: true }),
    ],
    durations: { resourcesDelay: 0 },
  });
  await found(space, 105);
});
afterAll(() => space.close());

const act = (vmid: number, what: string) => byHand(space, `/nodes/pve1/qemu/${vmid}/status/${what}`);
const started = async (id: string, nth = 1) => await leaseEvents(space, id, 'lease.started', nth);

/** A VM whose lease has ended, and which is taken out of the pool. */
async function expired(vmid: number, { off = true } = {}): Promise<string> {
  const id = await own(space, vmid);
  await started(id);
  const { orm } = space.home.running.database;
  await orm
    .update(lease)
    .set({ ends: new Date(Date.now() - hourMs) })
    .where(eq(lease.id, id));
  if (off) {
    await act(vmid, 'stop');
    await event(space, vmid, 'vm.stopped');
  }
  space.simulator.guest(vmid).pool = 'bestuur';
  await event(space, vmid, 'vm.unlisted');
  return id;
}

/** It is put back, and found to run: answers what its leases are. */
async function back(vmid: number, id: string) {
  await waitFor('it runs', () => space.simulator.guest(vmid).status === 'running');
  space.simulator.guest(vmid).pool = pool;
  expect((await event(space, vmid, 'vm.found', 2)).data).toMatchObject({ running: true });
  await leasesLookedAt(space);
  return (await started(id)).map(({ data }) => data);
}

test('a start that is seen late begins its lease when it was', async () => {
  const { simulator } = space;
  const id = await own(space, 101);
  await started(id);
  await act(101, 'stop');
  const stopped = await event(space, 101, 'vm.stopped');
  simulator.faults.refuse('GET', /cluster\/resources/, { status: 503, reason: 'busy', times: 1e6 });
  await act(101, 'start');
  await waitFor('it runs', () => simulator.guest(101).status === 'running');
  const until = Date.now() + 4_000;
  await waitFor('a while', () => Date.now() > until);
  simulator.faults.clear();
  const [, next] = await started(id, 2);
  const { started: from, ends } = (next?.data ?? {}) as { started: string; ends: string };
  expect(Date.parse(next?.time ?? '') - Date.parse(from)).toBeGreaterThan(3_000);
  expect(Date.parse(from)).toBeGreaterThanOrEqual(Date.parse(stopped.time));
  expect(Date.parse(ends) - Date.parse(from)).toBe(14 * 24 * hourMs);
});

test('one that a person started while it was not listed, after the end of its lease, has a new one', async () => {
  const id = await expired(102);
  await act(102, 'start');
  expect(await back(102, id)).toMatchObject([{ number: 1 }, { number: 2, how: 'started' }]);
});

test('one that ran on through the end of its lease has none by being found again', async () => {
  const id = await expired(103, { off: false });
  expect(await back(103, id)).toMatchObject([{ number: 1 }]);
});

test('nor one that booted with its node', async () => {
  const id = await expired(104, { off: false });
  space.simulator.setNodeOnline('pve2', false);
  space.simulator.setNodeOnline('pve2', true);
  const boot = () => space.simulator.tasks().find(({ type }) => type === 'startall');
  await waitFor('its node has booted', () => boot()?.endtime !== undefined);
  expect(await back(104, id)).toMatchObject([{ number: 1 }]);
});

test('without a trace of its start it has one from when it was seen', async () => {
  const id = await expired(105);
  Object.assign(space.simulator.guest(105), { status: 'running', startedAt: Date.now() });
  expect(await back(105, id)).toMatchObject([{ number: 1 }, { number: 2, how: 'seen' }]);
});
