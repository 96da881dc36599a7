import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaseEvents, leasesLookedAt, own } from './owned.ts';
import { asked, byHand, event, found, guest, openSpace, type Space } from './space.ts';

/*
 * A VM whose lease has ended is shut down, and is started in Proxmox before anybody saw it off: it was off, so it has a new lease and stays on (PART-4),
 * whoever started it. What starts a VM by itself begins none.
 */

const pool = 'deelnemers';
const byLease = { tier: 'lease', rule: 'lease', clause: 'PART-4' } as const;
/** Off within the time that another task waits for it, and on before anybody looks. */
const quick = { shutdownSeconds: 4, startSeconds: 0.2 } as const;
let space: Space;

beforeAll(async () => {
  const longAgo = Date.now() - 3_600_000;
  space = await openSpace({
    guests: [
      // So long ago that every start after it is seen to be one.
      ...[501, 502, 503, 504].map((vmid) => guest(vmid, { pool, ...quick, startedAt: longAgo })),
      guest(505, { pool, node: 'pve2', onboot: true, ...quick, startedAt: longAgo }),
      guest(506, { pool, status: 'stopped' }),
      guest(507, { pool: 'core' }),
      guest(508, { pool, node: 'pve3', ...quick, startedAt: longAgo }),
    ],
    state: {
      nodes: [
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
        { name: 'pve3', online: true, clockAhead: 30 },
      ],
    },
  });
  await found(space, 507);
});
afterAll(async () => {
  await space.close();
});

const leases = (id: string, nth = 1) => leaseEvents(space, id, 'lease.started', nth);
const story = async (vmid: number) =>
  (await space.home.eventsOf(vmid)).map(({ type }) => type.replace(/^vm\./, ''));
const isShutDown = (vmid: number) => () =>
  space.simulator.tasks().some(({ id, type }) => id === `${vmid}` && type === 'qmshutdown');
const isOver = (vmid: number) => () =>
  space.simulator.tasks().some(({ id, exitstatus }) => id === `${vmid}` && exitstatus === 'OK');
/** The lease of a VM has ended, and Proxmox is shutting it down: who starts it now has to wait for that. */
async function ending(vmid: number): Promise<string> {
  const id = await own(space, vmid);
  await leases(id);
  await space.home.decide(`${vmid}`, 'stopped', byLease);
  await waitFor(`the shutdown of ${vmid}`, isShutDown(vmid), { everyMs: 1 });
  return id;
}
/** Several listings have its new process by then. */
async function listed(): Promise<void> {
  const count = () =>
    space.simulator.requests.filter(({ path }) => path.endsWith('/cluster/resources')).length;
  const before = count();
  await waitFor('some listings', () => count() > before + 8);
  await leasesLookedAt(space);
}
const off = ['found', 'power-requested', 'power-accepted', 'stopped', 'started'];

test('by root, between two looks: off by us, on by root, and a new lease', async () => {
  const id = await ending(501);
  space.simulator.start(501);
  const up = await event(space, 501, 'vm.started');
  expect(up).toMatchObject({ actor: 'pve:root@pam', data: { cause: 'person' } });
  expect(await story(501)).toEqual(off);
  expect((await event(space, 501, 'vm.stopped')).data).toMatchObject({ cause: 'huismeester' });
  const next = (await leases(id, 2))[1];
  expect(next).toMatchObject({ data: { number: 2, how: 'started' }, position: up.position + 1 });
  await listed();
  expect(await leases(id, 2)).toHaveLength(2);
  expect([await story(501), asked(space, 501, 'shutdown').length]).toEqual([off, 1]);
  expect((await space.home.vm(501)).act).toBeUndefined();
});

test.each([
  ['', 502, 'pve1'],
  [', by a clock that is ahead of ours', 508, 'pve3'],
])('by another person, whom the listing tells of as well%s: one new lease', async (_, vmid, node) => {
  const id = await ending(vmid);
  await byHand(space, `/nodes/${node}/qemu/${vmid}/status/start`);
  await event(space, vmid, 'vm.started');
  await leases(id, 2);
  await listed();
  expect(await leases(id, 2)).toHaveLength(2);
  expect(await story(vmid)).toEqual(off);
});

test('by root, while the process is not there', async () => {
  space.simulator.guest(503).shutdownSeconds = 15;
  const id = await ending(503);
  await event(space, 503, 'vm.power-accepted');
  const restarted = space.restart();
  await waitFor('the end of its shutdown', isOver(503), { everyMs: 1 });
  space.simulator.start(503);
  await restarted;
  expect((await event(space, 503, 'vm.started')).data).toMatchObject({ cause: 'person' });
  expect((await leases(id, 2))[1]?.data).toMatchObject({ number: 2, how: 'started' });
  expect([await story(503), asked(space, 503, 'shutdown').length]).toEqual([off, 1]);
});

test('by a rollback that was asked for meanwhile: off and on, and no new lease', async () => {
  const id = await ending(504);
  space.simulator.rollback(504, { start: true, seconds: 1 });
  await event(space, 504, 'vm.started');
  await listed();
  expect(await leases(id)).toHaveLength(1);
  expect(await story(504)).toEqual(off);
});

test('by its node, which lost its power meanwhile: no new lease', async () => {
  const id = await ending(505);
  await waitFor('the end of its shutdown', isOver(505), { everyMs: 1 });
  space.simulator.setNodeOnline('pve2', false);
  space.simulator.setNodeOnline('pve2', true);
  expect((await event(space, 505, 'vm.started')).data).toMatchObject({ cause: 'node' });
  await listed();
  expect(await leases(id)).toHaveLength(1);
});

test('one that is off, by root, after only the API was away', async () => {
  const { faults } = space.simulator;
  const id = await own(space, 506);
  const said = (type: string, nth: number) =>
    waitFor(`${type} ${nth}`, async () => {
      const events = await space.home.events();
      return events.filter((each) => each.type === type).length >= nth;
    });
  const before = (await space.home.events()).filter(({ type }) => type === 'hypervisor.reachable').length;
  faults.lose('cut');
  await said('hypervisor.unreachable', 1);
  faults.restore();
  await said('hypervisor.reachable', before + 1);
  space.simulator.start(506);
  const up = await event(space, 506, 'vm.started');
  expect(up).toMatchObject({ actor: 'pve:root@pam', data: { cause: 'person' } });
  expect((await leases(id))[0]?.data).toMatchObject({ how: 'started' });
});
