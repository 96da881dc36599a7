import type { GuestState } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, byHand, event, found, guest, openSpace, type Space } from './space.ts';

/*
 * What a guest, others and the network may be up to when a VM is to be stopped or started, one row each; all are played
 * side by side. `first` comes before the decision and `meanwhile` after it.
 */
interface Row {
  readonly guest: GuestState;
  readonly want?: 'running';
  first?(): unknown;
  meanwhile?(): unknown;
  /** What is said of the VM from the decision on, without `vm.`; `requested` and so on stand for `power-requested`. */
  readonly story: string;
  /** Where it is asked to, in order; one act each. */
  readonly asked: readonly string[];
}

const off = { status: 'stopped' } as const;
const lxc = { type: 'lxc' } as const;
const participant = { pool: 'deelnemers' } as const;
/** Of Proxmox’s: long enough for us to get in the way, if we were to. */
const seconds = 100;
let space: Space;

const simulator = () => space.simulator;
const status = (vmid: number) => new RegExp(`/${vmid}/status/current$`);
const post = (vmid: number) => new RegExp(`/${vmid}/status/(shutdown|start|stop)$`);
const waiting = (vmid: number, why: RegExp) =>
  waitFor(`that ${vmid} is waited for`, async () => why.test((await space.home.vm(vmid)).act ?? ''));
const refuse = (vmid: number, reason: string, httpStatus = 500) =>
  simulator().faults.refuse('POST', post(vmid), { status: httpStatus, reason });
const stopsOnce = { story: 'requested accepted stopped' };

const rows: Record<string, Row> = {
  'a backup of it runs: waited for, then shut down': {
    guest: guest(601),
    first: () => simulator().backup(601, { seconds }),
    ...stopsOnce,
    asked: ['pve1 shutdown'],
  },
  'a job backs it up in stop mode: it is off for that, which is no stop, and is shut down once it runs again':
    {
      guest: guest(602),
      first: () => simulator().backup(602, { mode: 'stop', job: true, seconds }),
      ...stopsOnce,
      asked: ['pve1 shutdown'],
    },
  'a container is backed up in stop mode': {
    guest: guest(603, lxc),
    first: () => simulator().backup(603, { mode: 'stop', seconds }),
    ...stopsOnce,
    asked: ['pve1 shutdown'],
  },
  'it is off and backed up, in prelaunch, which is no start; it is started when that is over': {
    guest: guest(604, off),
    want: 'running',
    first: () => simulator().backup(604, { seconds }),
    story: 'requested accepted started',
    asked: ['pve1 start'],
  },
  'it is put back to a snapshot, and is off by that: nothing is asked': {
    guest: guest(605),
    first: () => simulator().rollback(605, { user: 'jan@pve', seconds }),
    story: 'stopped',
    asked: [],
  },
  'it is put back to a snapshot and started by that: shut down afterwards': {
    guest: guest(606),
    first: () => simulator().rollback(606, { seconds, start: true }),
    ...stopsOnce,
    asked: ['pve1 shutdown'],
  },
  'it migrates: waited for, and asked where it is then': {
    guest: guest(607),
    first: () => simulator().migrate(607, 'pve2', { seconds }),
    story: 'moved requested accepted stopped',
    asked: ['pve2 shutdown'],
  },
  'a container migrates, and is off in between': {
    guest: guest(608, lxc),
    first: () => simulator().migrate(608, 'pve2', { seconds }),
    story: 'moved requested accepted stopped',
    asked: ['pve2 shutdown'],
  },
  'it is off and migrates: started where it is then': {
    guest: guest(609, off),
    want: 'running',
    first: () => simulator().migrate(609, 'pve2', { seconds }),
    story: 'moved requested accepted started',
    asked: ['pve2 start'],
  },
  'ha-manager moves it': {
    guest: guest(610, { ha: { state: 'started' } }),
    first: async () => {
      simulator().migrate(610, 'pve2', { seconds });
      await waitFor('the migration', () => simulator().guest(610).lock === 'migrate');
    },
    story: 'moved requested accepted stopped',
    asked: ['pve2 shutdown'],
  },
  'its node dies and HA starts it elsewhere: shut down there': {
    guest: guest(611, { node: 'pve3', ha: { state: 'started' } }),
    first: () => simulator().setNodeOnline('pve3', false),
    story: 'moved requested accepted stopped',
    asked: ['pve1 shutdown'],
  },
  'its node dies after it was asked: not asked again, and off when the node is back': {
    guest: guest(612, { node: 'pve4', shutdownSeconds: 900 }),
    meanwhile: async () => {
      await event(space, 612, 'vm.power-accepted');
      simulator().setNodeOnline('pve4', false);
      await waitFor('that it is unknown', async () => (await space.home.vm(612)).status === 'unknown');
      simulator().setNodeOnline('pve4', true);
    },
    ...stopsOnce,
    asked: ['pve4 shutdown'],
  },
  'its node dies after it was asked, and HA starts it elsewhere: asked again there': {
    guest: guest(613, { node: 'pve5', shutdownSeconds: 900, ha: { state: 'started' } }),
    meanwhile: async () => {
      await event(space, 613, 'vm.power-accepted');
      // As if ha-manager had not taken the request yet.
      simulator().guest(613).ha = { state: 'started' };
      simulator().guest(613).shutdownSeconds = 4;
      simulator().setNodeOnline('pve5', false);
    },
    story: 'requested accepted moved failed requested accepted stopped',
    asked: ['pve5 shutdown', 'pve1 shutdown'],
  },
  'it is deleted after it was asked: unlisted': {
    guest: guest(614, { shutdownSeconds: 900 }),
    meanwhile: async () => {
      await event(space, 614, 'vm.power-accepted');
      const { guests } = simulator().state;
      guests.splice(guests.indexOf(simulator().guest(614)), 1);
    },
    story: 'requested accepted unlisted',
    asked: ['pve1 shutdown'],
  },
  'nobody knows what its node does (596): waited for, and asked when that is known': {
    guest: guest(615),
    first: () =>
      simulator().faults.refuse('GET', status(615), { status: 596, reason: 'timed out', times: 5 }),
    ...stopsOnce,
    asked: ['pve1 shutdown'],
  },
  'Proxmox cannot look at it (500): waited for': {
    guest: guest(616),
    first: () =>
      simulator().faults.refuse('GET', status(616), { status: 500, reason: 'no socket', times: 5 }),
    ...stopsOnce,
    asked: ['pve1 shutdown'],
  },
  'Proxmox refuses the request (500): asked again, with the reason': {
    guest: guest(617),
    first: () => refuse(617, 'got no worker upid - start worker failed'),
    story: 'requested failed requested accepted stopped',
    asked: ['pve1 shutdown', 'pve1 shutdown'],
  },
  'another task holds its configuration (500): asked again': {
    guest: guest(618),
    first: () => refuse(618, "can't lock file '/var/lock/qemu-server/lock-618.conf' - got timeout"),
    story: 'requested failed requested accepted stopped',
    asked: ['pve1 shutdown', 'pve1 shutdown'],
  },
  'it stopped by itself just before it was asked (500 of a container): that is all': {
    guest: guest(619, lxc),
    first: () => refuse(619, 'CT 619 not running'),
    meanwhile: async () => {
      await event(space, 619, 'vm.power-requested');
      simulator().guest(619).status = 'stopped';
    },
    story: 'requested failed stopped',
    asked: ['pve1 shutdown'],
  },
  'a person is shutting it down already: left to that person': {
    guest: guest(620, { shutdownSeconds: 50 }),
    first: () => byHand(space, '/nodes/pve1/qemu/620/status/shutdown'),
    meanwhile: () => waiting(620, /qmshutdown runs/),
    story: 'stopped',
    asked: [],
  },
  'it hangs, and settings allow to pull the plug of its class: once, after all its time': {
    guest: guest(622, { ...participant, hangsOnShutdown: true }),
    story: 'requested accepted failed requested accepted stopped',
    asked: ['pve1 shutdown', 'pve1 stop'],
  },
  'a container hangs, and settings allow to pull the plug of its class': {
    guest: guest(623, { ...lxc, ...participant, hangsOnShutdown: true }),
    story: 'requested accepted failed requested accepted stopped',
    asked: ['pve1 shutdown', 'pve1 stop'],
  },
  'the answer to a start is lost, its task is found': {
    guest: guest(624, off),
    want: 'running',
    first: () => simulator().faults.dropNextAnswer('POST', post(624)),
    story: 'requested accepted started',
    asked: ['pve1 start'],
  },
  'the request itself is lost: asked again when nothing is seen of it, with the reason': {
    guest: guest(625),
    first: () => simulator().faults.refuse('POST', post(625)),
    story: 'requested failed requested accepted stopped',
    asked: ['pve1 shutdown', 'pve1 shutdown'],
  },
  'the answer comes too late: its task is found': {
    guest: guest(626),
    first: () => simulator().faults.delay('POST', post(626), 8_000),
    story: 'requested accepted stopped',
    asked: ['pve1 shutdown'],
  },
  'its task is cut off by somebody: asked again': {
    guest: guest(627, { shutdownSeconds: 900 }),
    meanwhile: async () => {
      const { data } = await event(space, 627, 'vm.power-accepted');
      simulator().guest(627).shutdownSeconds = 4;
      const { upid } = data as { upid: string };
      await byHand(space, `/nodes/pve1/tasks/${encodeURIComponent(upid)}`, 'DELETE');
    },
    story: 'requested accepted failed requested accepted stopped',
    asked: ['pve1 shutdown', 'pve1 shutdown'],
  },
};

beforeAll(async () => {
  space = await openSpace({
    guests: Object.values(rows).map((row) => row.guest),
    state: { nodes: ['pve1', 'pve2', 'pve3', 'pve4', 'pve5'].map((name) => ({ name, online: true })) },
    more: '    parallelPerNode: 50\n    forceStop: [participant]',
  });
  for (const row of Object.values(rows)) await found(space, row.guest.vmid);
});
afterAll(() => space.close());

const said = async (vmid: number): Promise<string> => {
  const types = (await space.home.eventsOf(vmid)).map(({ type }) => type.replace(/^vm\.(power-)?/, ''));
  return types.filter((type) => type !== 'found').join(' ');
};
const requests = (vmid: number): string[] =>
  space.simulator.requests
    .filter(
      ({ method, path, tokenId }) =>
        method === 'POST' && post(vmid).test(path) && tokenId?.endsWith('operate'),
    )
    .map(({ path }) => path.split('/'))
    .map((parts) => `${parts[2]} ${parts.at(-1)}`);

/** A look may be quicker than the answer, so the end may be said before what led to it. */
const inAnyOrder = (story: string): string[] => story.split(' ').toSorted();

describe.concurrent('a decision about a VM, when', () => {
  test.each(Object.entries(rows))('%s', async (_, row) => {
    const { vmid } = row.guest;
    await row.first?.();
    await space.home.decide(String(vmid), row.want ?? 'stopped');
    await row.meanwhile?.();
    const complete = async () => (await said(vmid)).length >= row.story.length;
    await waitFor(`${row.story} of ${vmid}`, complete, { timeoutMs: 40_000 }).catch(() => undefined);
    expect(inAnyOrder(await said(vmid))).toEqual(inAnyOrder(row.story));
    expect(requests(vmid)).toEqual(row.asked);
  });
});

test('each repeat is recorded with its reason, and so is a pulled plug', async () => {
  const because = async (vmid: number) =>
    (await space.home.eventsOf(vmid))
      .filter(({ type }) => type === 'vm.power-requested')
      .map(({ data }) => data as { act: string; because?: string });
  expect(await because(617)).toMatchObject([{}, { because: expect.stringContaining('no worker upid') }]);
  expect(await because(625)).toMatchObject([{}, { because: 'no answer, and no trace of it' }]);
  expect(await because(622)).toMatchObject([
    { act: 'shutdown' },
    { act: 'stop', because: 'VM quit/powerdown failed - got timeout' },
  ]);
  expect(await because(623)).toMatchObject([
    { act: 'shutdown' },
    { act: 'stop', because: 'container did not stop' },
  ]);
  expect(asked(space, 623, 'stop')).toHaveLength(1);
});
