import { signLink } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaseEvents, leasesLookedAt, own, owner } from './owned.ts';
import { asked, byHand, event, found, guest, openSpace, type Space } from './space.ts';

/* What begins a lease of a participant's VM, and what does not (PART-4), at the simulated cluster. */

const key = 'k'.repeat(32);
const pool = 'deelnemers';
let space: Space;

beforeAll(async () => {
  space = await openSpace({
    settings: `secrets: { key: ${key} }`,
    guests: [
      // So long ago that every start after it is seen to be one.
      ...[101, 102, 103, 104, 105, 106, 107, 108].map((vmid) =>
        guest(vmid, { pool, startedAt: Date.now() - 3_600_000 }),
      ),
      guest(109, { pool, node: 'pve2', onboot: true }),
      guest(110, { pool, status: 'stopped' }),
      guest(111, { pool: 'core' }),
    ],
  });
  await found(space, 111);
});
afterAll(async () => {
  await space.close();
});

const started = (id: string, nth = 1) => leaseEvents(space, id, 'lease.started', nth);
const numbers = async (id: string) =>
  (await started(id)).map(({ data }) => (data as { number: number; how: string }).number);
const act = (vmid: number, what: string, node = 'pve1') =>
  byHand(space, `/nodes/${node}/qemu/${vmid}/status/${what}`);

test('a VM that runs and has an owner has a lease; a start by a person begins the next, in one transaction', async () => {
  const id = await own(space, 101);
  const [first] = await started(id);
  expect(first?.data).toMatchObject({ vm: '101', number: 1, owner, how: 'adopted' });
  const { started: from, ends } = (first?.data ?? {}) as { started: string; ends: string };
  expect(Date.parse(ends) - Date.parse(from)).toBe(14 * 24 * 3_600_000);
  await act(101, 'stop');
  await event(space, 101, 'vm.stopped');
  await act(101, 'start');
  const up = await event(space, 101, 'vm.started');
  const next = (await started(id, 2))[1];
  expect(next).toMatchObject({ data: { number: 2, how: 'started' }, actor: 'pve:jan@pve!laptop' });
  expect(next?.position).toBe(up.position + 1);
  expect((await space.home.vm(101)).lease).toMatchObject({ number: 2, renewals: 0 });
});

test('unclaimed, off, or of another class: no lease', async () => {
  await own(space, 110);
  await own(space, 111);
  await act(110, 'start');
  await event(space, 110, 'vm.started');
  await leasesLookedAt(space);
  const started = (await space.home.events()).filter(({ type }) => type === 'lease.started');
  expect(started.filter(({ data }) => (data as { vm: string }).vm === '111')).toEqual([]);
  expect(started.filter(({ data }) => (data as { vm: string }).vm === '110')).toMatchObject([
    { data: { how: 'started' } },
  ]);
  expect(await space.home.vm(102)).toMatchObject({ unclaimed: true });
  expect(await space.home.vm(102)).not.toHaveProperty('lease');
});

test('a migration, a rollback with its start and a reboot go on with the lease; the start by a person after a rollback begins one', async () => {
  const { simulator } = space;
  const [moved, back, rebooted] = [await own(space, 103), await own(space, 104), await own(space, 105)];
  await Promise.all([started(moved), started(back), started(rebooted)]);
  simulator.migrate(103, 'pve2', { user: 'jan@pve!laptop' });
  simulator.rollback(104, { start: true, user: 'jan@pve!laptop' });
  await act(105, 'reboot');
  await event(space, 103, 'vm.moved');
  await waitFor('all tasks ended', () => simulator.tasks().every(({ endtime }) => endtime !== undefined));
  // In another second than those ended: Proxmox counts whole ones.
  const next = Math.floor(Date.now() / 1000) + 1;
  await waitFor('another second', () => Math.floor(Date.now() / 1000) >= next);
  // The next start tells that all before it was seen.
  await act(104, 'stop');
  await waitFor('104 off', async () => (await space.home.vm(104)).status === 'stopped');
  await act(104, 'start');
  await started(back, 2);
  await leasesLookedAt(space);
  expect(await numbers(back)).toEqual([1, 2]);
  expect([await numbers(moved), await numbers(rebooted)]).toEqual([[1], [1]]);
});

test('a node that boots starts its guests, and begins no lease', async () => {
  const id = await own(space, 109);
  await started(id);
  space.simulator.setNodeOnline('pve2', false);
  await waitFor('109 unknown', async () => (await space.home.vm(109)).status === 'unknown');
  space.simulator.setNodeOnline('pve2', true);
  await waitFor('109 runs', async () => (await space.home.vm(109)).status === 'running', {
    timeoutMs: 30_000,
  });
  await leasesLookedAt(space);
  expect(await numbers(id)).toEqual([1]);
});

test('our own start after a power cut goes on with the lease', async () => {
  const id = await own(space, 106);
  await started(id);
  await space.home.decide('106', 'stopped');
  await event(space, 106, 'vm.stopped');
  await space.home.decide('106', 'running');
  expect((await event(space, 106, 'vm.started')).data).toMatchObject({ cause: 'huismeester' });
  await leasesLookedAt(space);
  expect(await numbers(id)).toEqual([1]);
});

test('another class ends it', async () => {
  const id = await own(space, 107);
  await started(id);
  space.simulator.guest(107).pool = 'spacewide';
  const [ended] = await leaseEvents(space, id, 'lease.ended');
  expect(ended?.data).toMatchObject({ because: 'reclassified' });
  space.simulator.guest(107).pool = pool;
  expect((await started(id, 2))[1]?.data).toMatchObject({ number: 2, how: 'seen' });
});

test('renewed by the team, and once by the link of a warning; a link that is used, old or not ours changes nothing', async () => {
  const { home } = space;
  const id = await own(space, 108);
  await started(id);
  const path = '/api/v1/vms/108/lease/renewal';
  const { status, body } = await home.post(path);
  expect([status, body]).toEqual([200, expect.objectContaining({ number: 1, renewals: 1 })]);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const { ends } = body as { ends: string };
  const payload = { lease: id, number: 1, ends, person: owner, until };
  const post = async (link: string) =>
    ((await home.post('/api/v1/renewals', { link })).body as { result: string }).result;
  const page = await home.get('/api/v1/renewals');
  expect([page.status, page.text.includes('fetch(')]).toEqual([200, true]);
  for (const [change, result] of [
    [{ until: new Date(0).toISOString() }, 'over'],
    [{ number: 2 }, 'over'],
    [{ person: owner.replace('5f', '6f') }, 'another'],
    [{ ends: new Date(0).toISOString() }, 'used'],
    [{ lease: '108-00000000' }, 'over'],
  ] as const)
    expect([change, await post(signLink(key, { ...payload, ...change }))]).toEqual([change, result]);
  expect(await post(signLink('l'.repeat(32), payload))).toBe('invalid');
  const link = signLink(key, payload);
  expect([await post(link), await post(link)]).toEqual(['renewed', 'used']);
  expect(await leaseEvents(space, id, 'lease.renewed', 2)).toHaveLength(2);
  await act(108, 'stop');
  await event(space, 108, 'vm.stopped');
  const off = await home.post(path);
  expect([off.status, off.body]).toMatchObject([409, { code: 'not-running', clause: 'PART-4' }]);
  expect((await home.post('/api/v1/vms/102/lease/renewal')).body).toMatchObject({
    code: 'not-allowed',
    title: expect.stringContaining('it has no lease'),
  });
});

test('once off by the end of its lease its node does not start it; without the right that is said', async () => {
  const id = await own(space, 102);
  await started(id);
  space.simulator.guest(102).onboot = true;
  await space.home.decide('102', 'stopped', { tier: 'lease', rule: 'lease', clause: 'PART-4' });
  await event(space, 102, 'vm.stopped');
  const [said] = await leaseEvents(space, id, 'lease.onboot-set');
  expect(said?.data).toMatchObject({ onboot: false, failed: 'no-create-token' });
  expect(asked(space, 102, 'shutdown')).toHaveLength(1);
});
