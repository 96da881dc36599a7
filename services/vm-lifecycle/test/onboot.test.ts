import { waitFor } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOnbootWish } from '../src/leasing/onboot.ts';
import { desired } from '../src/schema.ts';
import { leaseEvents, own } from './owned.ts';
import { byHand, event, guest, openSpace, type Space } from './space.ts';

/* At the end of its lease a VM's node does not start it any more, and does again once it has a new one (PART-4), at the simulated cluster. */

const pool = 'deelnemers';
const byLease = { tier: 'lease', rule: 'lease', clause: 'PART-4' } as const;
let space: Space;

beforeAll(async () => {
  space = await openSpace({
    changing: true,
    guests: [101, 102, 103, 104, 105, 106, 107].map((vmid) => guest(vmid, { pool, onboot: vmid !== 103 })),
  });
});
afterAll(async () => {
  await space.close();
});

/** Whether the token that changes VMs has the right to set this. */
function mayChange(may: boolean): void {
  const create = space.simulator.state.tokens.find(({ id }) => id.endsWith('!create'));
  const right = 'VM.Config.Options';
  for (const { privs } of create?.privileges.filter(({ path }) => path.startsWith('/pool/')) ?? []) {
    privs.splice(0, privs.length, ...privs.filter((each) => each !== right), ...(may ? [right] : []));
  }
}
const onboot = (vmid: number) => space.simulator.guest(vmid).onboot;
const start = (vmid: number) => byHand(space, `/nodes/pve1/qemu/${vmid}/status/start`);
const set = (id: string, nth = 1) => leaseEvents(space, id, 'lease.onboot-set', nth);
const owned = async (vmid: number) => {
  const id = await own(space, vmid);
  await leaseEvents(space, id, 'lease.started');
  return id;
};
/** As policy does: once it hears that a VM is off, it has no say any more. */
async function ends(vmid: number): Promise<void> {
  await space.home.decide(`${vmid}`, 'stopped', byLease);
  await event(space, vmid, 'vm.stopped');
  await space.home.decide(`${vmid}`, 'hands-off', { rule: 'none', tier: 'none', clause: 'PART-4' });
}

test('off with the stop, and back with the start by a person after it', async () => {
  mayChange(true);
  const id = await owned(101);
  await ends(101);
  expect((await set(id))[0]?.data).toEqual({ lease: id, vm: '101', number: 1, onboot: false });
  expect(onboot(101)).toBe(false);
  await start(101);
  expect((await set(id, 2))[1]?.data).toEqual({ lease: id, vm: '101', number: 2, onboot: true });
  expect(onboot(101)).toBe(true);
  // What policy said after it must not be taken for the end of the new lease.
  expect(await set(id, 2)).toHaveLength(2);
});

test('back also when the answer was lost that turned it off', async () => {
  mayChange(true);
  const id = await owned(106);
  space.simulator.faults.dropNextAnswer('PUT', /\/106\/config/);
  await ends(106);
  await waitFor('that it is off', () => onboot(106) === false);
  await start(106);
  await waitFor('that it is said to be back', async () =>
    (await set(id)).some(({ data }) => {
      const { number, onboot: is } = data as { number: number; onboot: boolean };
      return number === 2 && is;
    }),
  );
  expect(onboot(106)).toBe(true);
});

test('back when it becomes space-wide while it is off, and has no lease any more', async () => {
  mayChange(true);
  const id = await owned(107);
  await ends(107);
  await set(id);
  const create = space.simulator.state.tokens.find((each) => each.id.endsWith('!create'));
  create?.privileges.push({ path: '/vms/107', privs: ['VM.Audit', 'VM.Config.Options'] });
  space.simulator.guest(107).pool = 'spacewide';
  await leaseEvents(space, id, 'lease.ended');
  expect((await set(id, 2))[1]?.data).toMatchObject({ onboot: true });
  expect([onboot(107), space.simulator.guest(107).status]).toEqual([true, 'stopped']);
});

test('one that its node does not start is left as it is, and so is what a power cut takes off', async () => {
  mayChange(true);
  const [off, shed] = [await owned(103), await owned(104)];
  await ends(103);
  await space.home.decide('104', 'stopped');
  await event(space, 104, 'vm.stopped');
  await start(103);
  await leaseEvents(space, off, 'lease.started', 2);
  const said = (await space.home.events()).filter(({ type }) => type === 'lease.onboot-set');
  expect(said.filter(({ subject }) => [off, shed].includes(subject.replace('lease/', '')))).toEqual([]);
  expect([onboot(103), onboot(104)]).toEqual([false, true]);
});

test('without the right it says so, and the VM is off all the same', async () => {
  mayChange(false);
  const id = await owned(105);
  await ends(105);
  expect((await set(id))[0]?.data).toMatchObject({ onboot: false, failed: 'no-right' });
  expect([onboot(105), space.simulator.guest(105).status]).toEqual([true, 'stopped']);
});

test('it stays to be done while its node does not answer, although policy has no say any more by then', async () => {
  mayChange(false);
  const id = await owned(102);
  await ends(102);
  await set(id);
  const { orm } = space.home.running.database;
  await waitFor('policy has no say any more', async () => {
    const [found] = await orm.select().from(desired).where(eq(desired.target, 'vm/102'));
    return found?.state === 'hands-off';
  });
  expect(await readOnbootWish(orm, 'vm/102')).toMatchObject({ lease: id, onboot: false });
  await start(102);
  await leaseEvents(space, id, 'lease.started', 2);
  // Once what was asked about it last was refused, too.
  await waitFor('nothing to be done', async () => (await readOnbootWish(orm, 'vm/102')) === undefined);
});
