import { afterAll, beforeAll, expect, it } from 'vitest';
import { known, openPeopleSpace, type PeopleSpace, refusal } from './people-space.ts';
import { guest } from './space.ts';

/* What somebody on trial does with the VMs that were granted to them, and with no other (JOIN-3). */

const own = { pool: 'deelnemers', status: 'running', cores: 1, memoryMiB: 1024 } as const;
let place: PeopleSpace;
beforeAll(async () => {
  place = await openPeopleSpace({ guests: [guest(101), guest(301, own), guest(302, own)] });
  for (const vm of [101, 301, 302]) await known(place.space, vm);
});
afterAll(() => place.space.close());

it('reboots and opens the console of what was granted; without a grant JOIN-3 refuses it', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const granted = await place.onTrial({ on: 'vm/301', until }, { on: 'vm/101', until });
  const without = await place.onTrial({ on: 'vm/301', until: new Date(0).toISOString() });
  const reboot = (who: typeof granted, vm: number) =>
    place.ask(who, `/vms/${vm}/acts`, 'POST', { act: 'reboot' });
  expect(refusal(await reboot(without, 301))).toMatchObject({ status: 403, clause: 'JOIN-3' });
  expect(refusal(await place.ask(without, '/vms/301/console'))).toMatchObject({ clause: 'JOIN-3' });
  expect(refusal(await reboot(granted, 302))).toMatchObject({ status: 403, clause: 'JOIN-3' });
  // Nobody said that it is core.
  expect(refusal(await reboot(granted, 101))).toMatchObject({ status: 403, clause: 'CORE-4' });
  expect(await place.done(granted, 301, { act: 'reboot' })).toMatchObject({ state: 'done' });
  expect((await place.ask(granted, '/vms/301/console')).status).toBe(200);
  // Whose it is the team decides.
  expect(
    refusal(await place.ask(granted, '/vms/301/owner', 'POST', { person: granted.person })),
  ).toMatchObject({
    clause: 'JOIN-3',
  });
});

it('says of which class VMs are, and nothing of those that it does not know', async () => {
  const service = await place.somebody('service');
  const classes = async (...vms: string[]) =>
    (await place.ask(service, '/vm-lifecycle/questions/classes', 'POST', { vms })).body.classes;
  expect(await classes('101', '301', '999')).toEqual([
    { vm: '101', class: 'core' },
    { vm: '301', class: 'participant' },
  ]);
});
