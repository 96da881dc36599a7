import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, event, guest, openSpace, type Space } from './space.ts';

/* The network to Proxmox is lost in the middle of a power cut: for a moment, for long, and to the end. */

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
/** The guests of each test: more than are looked at at once where it counts, and a few of another hypervisor. */
const moment = { here: range(801, 20), there: range(801, 3) };
const long = { here: range(831, 4), there: range(831, 3) };
const end = { here: range(841, 4), there: range(841, 3) };
type Cut = typeof moment;

const patient = { timeoutMs: 40_000 };
let space: Space;

beforeAll(async () => {
  const cuts = [moment, long, end];
  space = await openSpace({
    guests: cuts.flatMap(({ here }) => here.map((vmid) => guest(vmid))),
    others: cuts.flatMap(({ there }) => there.map((vmid) => guest(vmid))),
    more: '    parallelPerNode: 50',
  });
  for (const cut of cuts)
    for (const vm of [...cut.here, ...othersOf(cut)]) await event(space, vm, 'vm.found');
});
afterAll(() => space.close());

const othersOf = ({ there }: Cut) => there.map((vmid) => `b-${vmid}`);
const decideAll = async (cut: Cut) => {
  for (const vm of [...cut.here, ...othersOf(cut)]) await space.home.decide(String(vm), 'stopped');
};
const allDown = async (vms: readonly (number | string)[]) => {
  for (const vm of vms) await event(space, vm, 'vm.stopped');
};
const said = async (type: string, about: readonly string[]) =>
  (await space.home.events()).filter((each) => each.type === type && about.includes(each.subject));
const stoppedOf = async ({ here }: Cut) =>
  await said(
    'vm.stopped',
    here.map((vmid) => `vm/${vmid}`),
  );
const unreachable = (times: number) =>
  waitFor(
    'that it is unreachable',
    async () => (await said('hypervisor.unreachable', ['hypervisor/pve'])).length === times,
    patient,
  );

test('for a moment, without a word: guests of another hypervisor go on meanwhile, and its own afterwards', async () => {
  space.simulator.faults.lose('silent');
  await decideAll(moment);
  await allDown(othersOf(moment));
  expect(await stoppedOf(moment)).toEqual([]);
  space.simulator.faults.restore();
  await allDown(moment.here);
  for (const vmid of moment.here) expect([vmid, asked(space, vmid, 'shutdown').length]).toEqual([vmid, 1]);
});

test('for long: said, and what was on its way is neither forgotten nor done twice without a reason', async () => {
  const [underWay = 0, justAsked = 0, ...rest] = long.here;
  space.simulator.guest(underWay).shutdownSeconds = 200;
  await space.home.decide(String(underWay), 'stopped');
  await event(space, underWay, 'vm.power-accepted');
  space.simulator.faults.dropNextAnswer('POST', new RegExp(`/${justAsked}/status/shutdown`));
  await space.home.decide(String(justAsked), 'stopped');
  await waitFor('the request', () => asked(space, justAsked, 'shutdown').length > 0);
  const before = (await said('hypervisor.unreachable', ['hypervisor/pve'])).length;
  space.simulator.faults.lose('cut');
  await decideAll(long);
  await allDown(othersOf(long));
  await unreachable(before + 1);
  space.simulator.guest(underWay).shutdownSeconds = 4;
  space.simulator.faults.restore();
  await allDown([justAsked, ...rest]);
  expect((await said('hypervisor.reachable', ['hypervisor/pve'])).length).toBeGreaterThan(1);
  expect(asked(space, justAsked, 'shutdown')).toHaveLength(1);
  const subjects = long.here.map((vmid) => `vm/${vmid}`);
  for (const { subject, data } of await said('vm.power-requested', subjects)) {
    const { attempt, because } = data as { attempt: number; because?: string };
    expect([subject, attempt, because === undefined]).toEqual([subject, attempt, attempt === 1]);
  }
});

test('to the end: the others are down, and of its own nothing is said that is not known', async () => {
  const before = (await said('hypervisor.unreachable', ['hypervisor/pve'])).length;
  space.simulator.faults.lose('cut');
  await decideAll(end);
  await allDown(othersOf(end));
  await unreachable(before + 1);
  for (const vmid of end.here) {
    await waitFor(`that ${vmid} waits for a look`, async () => {
      const { status, act } = await space.home.vm(vmid);
      return status === 'unknown' && act?.startsWith('waiting: ');
    });
  }
  expect(await stoppedOf(end)).toEqual([]);
});
