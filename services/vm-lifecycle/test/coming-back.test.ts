import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleSpace, type PeopleSpace, type Somebody } from './people-space.ts';
import { byHand, event, guest } from './space.ts';

/* A guest that is the same again after its ownership ended: it is nobody's, inherits nothing, and can be given an owner (PART-3). */

const mac = (last: string) => `name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:${last},ip=dhcp,type=veth`;
const pool = 'deelnemers';
const smbios1 = 'uuid=7d5bb3e5-5a05-4b6c-a1a8-7f5c4a1f0321';

let place: PeopleSpace;
let [team, ann, bob]: Somebody[] = [];
const someone = (each: Somebody | undefined): Somebody => {
  if (!each) throw new Error('nobody yet');
  return each;
};

beforeAll(async () => {
  place = await openPeopleSpace({
    guests: [guest(321, { pool, smbios1 }), guest(322, { pool, type: 'lxc', net0: mac('01') })],
    settings: 'quota: { vms: 9, cores: 40, memory: 80GiB, disk: 90GiB }',
  });
  team = await place.somebody('participant', 'infrateam');
  ann = await place.somebody('participant');
  bob = await place.somebody('participant');
});
afterAll(() => place.space.close());

const leaseOf = (vm: number, number: number) =>
  waitFor(`lease ${number} of VM ${vm}`, async () => {
    const { lease } = await place.space.home.vm(vm);
    return lease?.number === number ? lease : undefined;
  });

/** The team offers it, and they accept: what the answers say. */
async function given(vm: number, to: Somebody | undefined) {
  const path = `/vms/${vm}/owner`;
  const offered = await place.ask(someone(team), path, 'POST', { person: someone(to).person });
  expect(offered).toMatchObject({ status: 200, body: { offer: { to: someone(to).person } } });
  expect(offered.body).not.toHaveProperty('owner');
  const accepted = await place.ask(someone(to), `${path}/acceptance`, 'POST');
  expect(accepted).toMatchObject({ status: 200, body: { owner: someone(to).person } });
  return accepted.body as { readonly ownership: string; readonly project: string };
}

test('restored from its backup under its vmid, it gets an owner and a lease, in a project of its own', async () => {
  const { space, ask } = place;
  const { simulator } = space;
  await place.give(someone(team), 321, someone(ann));
  await leaseOf(321, 1);
  const before = (await ask(someone(ann), '/vms/321/owner')).body;
  const backup = structuredClone(simulator.guest(321));
  await byHand(space, '/nodes/pve1/qemu/321/status/stop');
  await event(space, 321, 'vm.stopped');
  await waitFor('that its task ended', () => simulator.tasks().every(({ endtime }) => endtime));
  // In another second than it was last seen to turn: Proxmox counts whole ones.
  const next = Math.floor(Date.now() / 1000) + 1;
  await waitFor('another second', () => Math.floor(Date.now() / 1000) > next);
  await byHand(space, '/nodes/pve1/qemu/321', 'DELETE');
  expect((await event(space, 321, 'vm.unlisted')).data).toMatchObject({ because: 'destroyed' });
  simulator.state.guests.push({ ...backup, startedAt: Date.now() });
  const found = await event(space, 321, 'vm.found', 2);
  expect(found.data).toMatchObject({ incarnation: smbios1.replace('uuid=', 'uuid-') });
  const unclaimed = await space.home.vm(321);
  expect(unclaimed).toMatchObject({ unclaimed: true });
  expect(unclaimed).not.toHaveProperty('lease');

  const { ownership, project } = await given(321, bob);
  expect(ownership).toBe(before.ownership);
  expect(project).not.toBe(before.project);
  await leaseOf(321, 2);
  expect((await ask(someone(ann), '/vms/321/owner')).status).toBe(404);
  expect((await ask(someone(ann), `/projects/${before.project}`)).body).toMatchObject({
    owner: someone(ann).person,
    vms: [],
  });
  expect((await ask(someone(ann), `/projects/${project}`)).body).toMatchObject({
    owner: someone(bob).person,
    vms: ['321'],
  });
  const { entities } = await space.home.snapshot();
  expect(entities.find(({ subject }) => subject === `ownership/${ownership}`)?.state).toMatchObject({
    owner: someone(bob).person,
    project,
  });

  // It goes to the next owner like any other, and so does its project.
  await ask(someone(bob), '/vms/321/owner', 'POST', { person: someone(ann).person });
  expect((await ask(someone(ann), '/vms/321/owner/acceptance', 'POST')).body).toMatchObject({ project });
  expect((await ask(someone(ann), `/projects/${project}`)).body).toMatchObject({
    owner: someone(ann).person,
  });
});

test('a container whose MAC address is what it was gets its owner back, also once its project is retired', async () => {
  const { space, ask } = place;
  const { simulator } = space;
  await place.give(someone(team), 322, someone(ann));
  await leaseOf(322, 1);
  const before = (await ask(someone(ann), '/vms/322/owner')).body;
  const becomes = async (net0: string, name: string, nth: number) => {
    // By another name it is looked at anew.
    Object.assign(simulator.guest(322), { net0, name });
    await event(space, 322, 'vm.found', nth);
    expect(await space.home.vm(322)).toMatchObject({ unclaimed: true });
  };
  await becomes(mac('02'), 'other', 2);
  expect((await ask(someone(ann), `/projects/${before.project}`, 'DELETE')).status).toBe(200);
  await becomes(mac('01'), 'vm322', 3);
  const { ownership, project } = await given(322, ann);
  expect(ownership).toBe(before.ownership);
  expect(project).not.toBe(before.project);
  await leaseOf(322, 2);
  expect((await ask(someone(ann), `/projects/${project}`)).body).toMatchObject({
    state: 'active',
    vms: ['322'],
  });
});
