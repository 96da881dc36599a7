import { type AskService, Unanswered } from '@huismeester/service';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projects } from '../src/projects/aggregates.ts';
import { known, openPeopleSpace, type PeopleSpace, refusal, type Somebody } from './people-space.ts';
import { decided, guest } from './space.ts';

/* What people ask of VMs, whose those are, and how much of them they may have. */

const own = { pool: 'deelnemers', status: 'stopped', cores: 1, memoryMiB: 1024 } as const;
const disks = [{ key: 'scsi0', storage: 'local-lvm', gib: 10 }];

/** Who has which login name, as membership would answer; `off` is disabled. */
const logins = new Map<string, string>();
const directory = (async (_, question, { login = '' }: { login?: string }) => {
  const person = logins.get(login);
  if (question !== 'named') throw new Unanswered('membership does not run here');
  return person === undefined ? { state: 'nobody' } : { state: 'known', person, enabled: login !== 'off' };
}) as AskService;

let place: PeopleSpace;
let team: Somebody;
let ann: Somebody;
let bob: Somebody;

beforeAll(async () => {
  place = await openPeopleSpace({
    guests: [
      guest(101),
      guest(201, { pool: 'spacewide' }),
      ...[301, 302, 303, 304, 305, 306, 307, 308, 310, 311].map((vmid) => guest(vmid, { ...own, disks })),
      ...[309, 312, 313].map((vmid) => guest(vmid, { ...own, status: 'running', disks })),
    ],
    settings: 'quota: { vms: 4, cores: 4, memory: 8GiB, disk: 60GiB }',
    ask: directory,
  });
  team = await place.somebody('participant', 'infrateam');
  ann = await place.somebody('participant');
  bob = await place.somebody('participant');
});
afterAll(() => place.space.close());

describe('whose a VM is', () => {
  it('is nobody’s until the team offers it and somebody accepts; it is in the drift until then', async () => {
    await known(place.space, 301);
    const { ask } = place;
    expect(refusal(await ask(ann, '/vms/301/owner', 'POST', { person: ann.person }))).toMatchObject({
      status: 403,
      code: 'not-allowed',
      clause: 'PART-3',
    });
    expect((await ask(team, '/drift?vm=301')).body.results).toMatchObject([
      { what: 'owner', acts: 'infrateam' },
    ]);
    expect((await ask(team, '/vms/301/owner', 'POST', { person: ann.person })).body).toMatchObject({
      offer: { to: ann.person },
    });
    expect(refusal(await ask(bob, '/vms/301/owner/acceptance', 'POST'))).toMatchObject({
      status: 403,
      code: 'not-offered',
    });
    const accepted = await ask(ann, '/vms/301/owner/acceptance', 'POST');
    expect(accepted).toMatchObject({ status: 200, body: { owner: ann.person } });
    // What each may do with it is said to them, and is what they are let do.
    expect((await ask(ann, '/vms/301')).body.may).toContain('delete');
    expect((await ask(team, '/vms/301')).body.may).not.toContain('delete');
    expect((await ask(bob, '/vms/301')).body.may).toEqual([]);
    const { project } = accepted.body;
    expect((await ask(bob, `/projects/${project}`)).body).toMatchObject({
      title: 'vm301',
      owner: ann.person,
      vms: ['301'],
      history: [{ what: 'project.begun', by: `person:${ann.person}` }],
    });
    expect((await ask(team, '/drift?vm=301')).body.results).toEqual([]);
  });

  it('is handed over by its owner, and stays in its project; an offer can be declined', async () => {
    const { ask, give } = place;
    await give(team, 302, ann);
    const { project } = (await ask(ann, '/vms/302/owner')).body;
    expect((await ask(ann, '/vms/302/owner', 'POST', { person: bob.person })).status).toBe(200);
    expect((await ask(bob, '/vms/302/owner/offer', 'DELETE')).status).toBe(204);
    expect((await ask(ann, '/vms/302/owner')).body.offer).toBeUndefined();
    await ask(ann, '/vms/302/owner', 'POST', { person: bob.person });
    await ask(bob, '/vms/302/owner/acceptance', 'POST');
    expect((await ask(bob, '/vms/302/owner')).body).toMatchObject({ owner: bob.person, project });
    expect((await ask(ann, '/vms/302/owner')).status).toBe(404);
    const events = await place.space.home.events();
    const how = events.filter(({ subject }) => subject.startsWith('ownership/302-')).map(({ type }) => type);
    expect(how).toEqual([
      'ownership.offered',
      'ownership.accepted',
      'ownership.offered',
      'ownership.offer-ended',
      'ownership.offered',
      'ownership.accepted',
    ]);
  });

  it('is offered by login name, of which nothing is kept; nobody is offered to who is unknown or disabled', async () => {
    const { ask } = place;
    const cas = await place.somebody('participant');
    logins.set('cas', cas.person).set('off', bob.person);
    const offer = (person: string) => ask(ann, '/vms/301/owner', 'POST', { person });
    expect(refusal(await offer('sac'))).toMatchObject({ status: 400, code: 'no-such-person' });
    expect(refusal(await offer('off'))).toMatchObject({ status: 409, code: 'account-disabled' });
    expect(refusal(await ask(bob, '/vms/301/owner', 'POST', { person: 'cas' }))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    expect((await offer('cas')).body).toMatchObject({ offer: { to: cas.person } });
    const offered = (await place.space.home.events()).findLast(({ type }) => type === 'ownership.offered');
    expect(JSON.stringify(offered)).not.toContain('"cas"');
    expect((await ask(ann, '/vms/301/owner/offer', 'DELETE')).status).toBe(204);
  });

  it('takes its project along, and whoever had it before has nothing by that any more', async () => {
    const { ask } = place;
    const eva = await place.somebody('participant');
    const { project } = (await ask(ann, '/vms/301/owner')).body;
    const others = { managers: [ann.person, bob.person], people: [ann.person] };
    expect((await ask(ann, `/projects/${project}`, 'PATCH', others)).status).toBe(200);
    await ask(ann, '/vms/301/owner', 'POST', { person: eva.person });
    expect((await ask(eva, '/vms/301/owner/acceptance', 'POST')).status).toBe(200);
    expect((await ask(eva, `/projects/${project}`)).body).toMatchObject({
      owner: eva.person,
      managers: [bob.person],
      people: [],
    });
    const purpose = { purpose: 'what the one before had in mind' };
    expect(refusal(await ask(ann, `/projects/${project}`, 'PATCH', purpose))).toMatchObject({ status: 403 });
    expect((await ask(eva, `/projects/${project}`, 'PATCH', purpose)).status).toBe(200);
    // Once more changes nothing.
    const said = async () =>
      (await place.space.home.events()).filter(({ type }) => /^(ownership|project)\./.test(type));
    const before = await said();
    expect((await ask(eva, '/vms/301/owner/acceptance', 'POST')).status).toBe(200);
    expect(await said()).toEqual(before);
  });

  it('stays with its project where that has another VM, and is nobody’s to take over once it is space-wide', async () => {
    const { ask, give } = place;
    const [fay, gus] = [await place.somebody('participant'), await place.somebody('participant')];
    await give(team, 310, fay);
    await give(team, 311, fay);
    const { project } = (await ask(fay, '/vms/310/owner')).body;
    const { database } = place.space.home.running;
    const together = sql`update vm_lifecycle.ownership set project = ${project} where vm = '311'`;
    await database.orm.execute(together);
    await ask(fay, '/vms/310/owner', 'POST', { person: gus.person });
    expect((await ask(gus, '/vms/310/owner/acceptance', 'POST')).status).toBe(200);
    expect((await ask(fay, `/projects/${project}`)).body).toMatchObject({ owner: fay.person });

    await ask(fay, '/vms/311/owner', 'POST', { person: gus.person });
    await database.transaction((tx) => {
      const data = { project, from: 'participant', to: 'space-wide', promotion: 'c0ffee03' } as const;
      const decide = () => [{ type: 'project.reclassified', subject: `project/${project}`, data } as const];
      return projects.handle(tx, { log: place.space.home.log, id: project, actor: 'test', decide });
    });
    expect(refusal(await ask(gus, '/vms/311/owner/acceptance', 'POST'))).toMatchObject({
      status: 403,
      code: 'not-allowed',
      clause: 'SPACE-5',
    });
    expect((await ask(fay, '/vms/311/owner/offer', 'DELETE')).status).toBe(204);
  });

  it('that runs begins a lease when it gets an owner', async () => {
    const dan = await place.somebody('participant');
    await place.give(team, 309, dan);
    const look = async () =>
      (await place.space.home.events()).find(
        ({ subject, type }) => subject.startsWith('lease/309-') && type === 'lease.started',
      );
    expect((await waitFor('its lease', look)).data).toMatchObject({ owner: dan.person, how: 'adopted' });
  });
});

describe('what people ask', () => {
  it('is done: start, reboot, shutdown, stop, and is seen as theirs', async () => {
    const { ask, done } = place;
    await place.give(team, 303, ann);
    const asked = await ask(ann, '/vms/303/acts', 'POST', { act: 'start' });
    expect(asked.status).toBe(202);
    expect(asked.location).toBe(`/api/v1/acts/${asked.body.id}`);
    expect(await place.ended(asked.body.id, ann)).toMatchObject({
      state: 'done',
      by: `person:${ann.person}`,
    });
    const started = (await place.space.home.eventsOf(303)).find(({ type }) => type === 'vm.started');
    expect(started).toMatchObject({ data: { cause: 'person' }, actor: `person:${ann.person}` });
    expect(await done(ann, 303, { act: 'reboot' })).toMatchObject({ state: 'done' });
    expect(await done(ann, 303, { act: 'shutdown' })).toMatchObject({ state: 'done' });
    await done(ann, 303, { act: 'start' });
    expect(refusal(await ask(ann, '/vms/303/acts', 'POST', { act: 'stop', name: 'vm30' }))).toMatchObject({
      status: 400,
      code: 'name-not-typed',
      errors: [{ field: 'body.name', found: 'vm30', allowed: 'vm303' }],
    });
    expect(await done(ann, 303, { act: 'stop', name: 'vm303' })).toMatchObject({ state: 'done' });
    expect(
      place.space.simulator.requests.filter(({ path }) => path.endsWith('/303/status/start')),
    ).toHaveLength(2);
  });

  it('is refused with its clause on what is not theirs', async () => {
    const { ask } = place;
    await known(place.space, 101);
    await known(place.space, 201);
    const refused = async (vm: number) =>
      refusal(await ask(ann, `/vms/${vm}/acts`, 'POST', { act: 'start' }));
    expect(await refused(101)).toMatchObject({ status: 403, clause: 'CORE-4' });
    expect(await refused(201)).toMatchObject({ status: 403, clause: 'SPACE-5' });
    expect(await refused(304)).toMatchObject({ status: 403, clause: 'PART-3' });
    expect((await ask(ann, '/vms/999/acts', 'POST', { act: 'start' })).status).toBe(404);
    expect(refusal(await ask(team, '/vms/201/acts', 'POST', { act: 'shutdown' }))).toMatchObject({
      clause: 'SPACE-3',
    });
  });

  it('is refused while policy wants it off', async () => {
    const { ask, space } = place;
    await decided(space, 303, 'stopped', { tier: 'power' });
    expect(refusal(await ask(ann, '/vms/303/acts', 'POST', { act: 'start' }))).toMatchObject({
      status: 409,
      code: 'wanted-off',
    });
    await decided(space, 303, 'hands-off', { tier: 'none' });
  });

  it('resizes: the disk at once, cores and memory of one that is off', async () => {
    const { ask, done } = place;
    await place.give(team, 304, bob);
    expect(
      refusal(await ask(bob, '/vms/304/acts', 'POST', { act: 'resize', size: { disk: '5GiB' } })),
    ).toMatchObject({
      status: 400,
      code: 'not-larger',
    });
    // As the space has set it up: 2 cores, 2 GiB, 20 GiB.
    expect(await done(bob, 304, { act: 'resize', size: 'm' })).toMatchObject({ state: 'done' });
    const state = place.space.simulator.state.guests.find(({ vmid }) => vmid === 304);
    expect(state).toMatchObject({ cores: 2, memoryMiB: 2048, disks: [{ gib: 20 }] });
    expect((await ask(bob, '/quota')).body).toMatchObject({
      used: { vms: 2, cores: 0, disk_gib: 30 },
      sizes: { s: { cores: 1, memory_mib: 1024, disk_gib: 10 } },
    });
    // Bob has 302 too: that is 40 GiB more than may be.
    expect(
      refusal(await ask(bob, '/vms/304/acts', 'POST', { act: 'resize', size: { disk: '70GiB' } })),
    ).toMatchObject({
      status: 409,
      code: 'quota-exceeded',
      errors: [{ field: 'diskGib', found: 'used 30, asked 50', allowed: expect.stringContaining('60 GiB') }],
    });
  });

  it('deletes what is one’s own, off, and named', async () => {
    const { ask, done, space } = place;
    await place.give(team, 305, ann);
    const { ownership, project } = (await ask(ann, '/vms/305/owner')).body;
    const { log, running } = space.home;
    const become = async (to: 'space-wide' | 'participant', from: 'space-wide' | 'participant') =>
      await running.database.transaction((tx) => {
        const data = { project, from, to, promotion: 'c0ffee01' };
        const decide = () => [{ type: 'project.reclassified', subject: `project/${project}`, data } as const];
        return projects.handle(tx, { log, id: project, actor: 'test', decide });
      });
    const remove = { act: 'delete', name: 'vm305' };
    // Decided, and not moved to the pool of its class yet.
    await become('space-wide', 'participant');
    expect(refusal(await ask(ann, '/vms/305/acts', 'POST', remove))).toMatchObject({
      status: 403,
      code: 'project-not-retired',
      clause: 'SPACE-3',
    });
    await become('participant', 'space-wide');
    expect(refusal(await ask(team, '/vms/305/acts', 'POST', { act: 'delete', name: 'vm305' }))).toMatchObject(
      {
        status: 403,
        clause: 'PART-3',
      },
    );
    expect(await done(ann, 305, remove)).toMatchObject({ state: 'done' });
    expect(space.simulator.state.guests.some(({ vmid }) => vmid === 305)).toBe(false);
    const ended = (await space.home.events()).find(
      ({ type, subject }) => type === 'ownership.ended' && subject === `ownership/${ownership}`,
    );
    expect(ended?.data).toMatchObject({ because: 'deleted' });
  });

  it('fails when another guest stands under the number by the time', async () => {
    const { done, space } = place;
    await place.give(team, 306, ann);
    const state = space.simulator.state.guests.find(({ vmid }) => vmid === 306);
    if (state === undefined) throw new Error('there is no 306');
    state.lock = 'backup';
    const asked = await place.ask(ann, '/vms/306/acts', 'POST', { act: 'start' });
    await waitFor('the lock to be seen', async () => {
      const { body } = await place.ask(ann, `/acts/${asked.body.id}`);
      return body.waiting?.includes('locked') ? body : undefined;
    });
    state.smbios1 = 'uuid=0b7f1a52-9d0e-4c39-a6a5-3c1f1d2b7e99';
    delete state.lock;
    expect(await place.ended(asked.body.id, ann)).toMatchObject({ state: 'failed' });
    expect(space.simulator.requests.some(({ path }) => path.endsWith('/306/status/start'))).toBe(false);
    void done;
  });

  it.each(['start', 'shutdown'])('a %s goes on after a restart, and is asked once', async (act) => {
    const { ask, space } = place;
    const posts = () =>
      space.simulator.requests.filter(
        ({ path, method }) => method === 'POST' && path.endsWith(`/303/status/${act}`),
      );
    const before = posts().length;
    const asked = await ask(ann, '/vms/303/acts', 'POST', { act });
    await waitFor('the request', () => (posts().length > before ? true : undefined));
    await space.restart();
    await known(space, 303);
    expect(await place.ended(asked.body.id, ann)).toMatchObject({ state: 'done' });
    expect(posts()).toHaveLength(before + 1);
  });

  it('has a console for who may', async () => {
    const { ask, space } = place;
    const answer = await ask(ann, '/vms/303/console');
    expect(answer.body.url).toBe(`${space.simulator.url}/?console=kvm&novnc=1&vmid=303&node=pve1`);
    expect((await ask(bob, '/vms/303/console')).status).toBe(403);
  });
});

it('a node is kept below its reserve of memory, and a storage of space', async () => {
  const { ask, space } = place;
  const [node] = space.simulator.state.nodes;
  if (node === undefined) throw new Error('there is no node');
  Object.assign(node, { memoryGib: 10, memoryUsedGib: 8.4 });
  const start = () => ask(bob, '/vms/304/acts', 'POST', { act: 'start' });
  expect(refusal(await start())).toMatchObject({
    status: 409,
    code: 'quota-exceeded',
    errors: [{ field: 'memory of node pve1', allowed: expect.stringContaining('8704 MiB of 10240') }],
  });
  Object.assign(node, { memoryGib: 64, memoryUsedGib: 12 });
  space.simulator.state.storages = [
    { id: 'local-lvm', type: 'lvmthin', content: ['images'], totalGib: 200, usedGib: 140 },
  ];
  const grow = await ask(bob, '/vms/304/acts', 'POST', { act: 'resize', size: { disk: '21GiB' } });
  expect(refusal(grow)).toMatchObject({ code: 'quota-exceeded', errors: [{ field: 'storage local-lvm' }] });
  delete space.simulator.state.storages;
});

it('many starts at once never exceed the quota', async () => {
  const { ask, give, space } = place;
  const eve = await place.somebody('participant');
  for (const vm of [307, 308]) {
    await give(team, vm, eve);
    const found = space.simulator.state.guests.find(({ vmid }) => vmid === vm);
    if (found) found.cores = 3;
  }
  const sized = async () =>
    (await space.home.vm(308)).cores === 3 && (await space.home.vm(307)).cores === 3 ? true : undefined;
  await waitFor('the sizes', sized);
  const vmOf = (index: number) => (index % 2 ? '307' : '308');
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => ask(eve, `/vms/${vmOf(index)}/acts`, 'POST', { act: 'start' })),
  );
  const accepted = answers.filter(({ status }) => status === 202);
  // A start of what runs by then is nothing more: what counts is that the other one never starts.
  expect(new Set(accepted.map(({ body }) => body.vm)).size).toBe(1);
  const codes = (vm: string) =>
    new Set(
      answers.flatMap(({ status, body }, index) => (status !== 202 && vmOf(index) === vm ? body.code : [])),
    );
  const [started] = accepted.map(({ body }) => body.vm);
  const other = started === '307' ? '308' : '307';
  expect(codes(other)).toEqual(new Set(['quota-exceeded']));
  // Of the one itself, whichever comes first: the start before it, or its end.
  expect(new Set(['quota-exceeded', 'under-way', ...codes(started)]).size).toBe(2);
  const used = (await ask(eve, '/quota')).body.used;
  expect(used.cores).toBe(3);
});

describe('what was granted to somebody on trial (JOIN-3)', () => {
  it('reboots and opens the console of what was granted; without a grant JOIN-3 refuses it', async () => {
    for (const vm of [101, 312, 313]) await known(place.space, vm);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const granted = await place.onTrial({ on: 'vm/312', until }, { on: 'vm/101', until });
    const without = await place.onTrial({ on: 'vm/312', until: new Date(0).toISOString() });
    const reboot = (who: typeof granted, vm: number) =>
      place.ask(who, `/vms/${vm}/acts`, 'POST', { act: 'reboot' });
    expect(refusal(await reboot(without, 312))).toMatchObject({ status: 403, clause: 'JOIN-3' });
    expect(refusal(await place.ask(without, '/vms/312/console'))).toMatchObject({ clause: 'JOIN-3' });
    expect(refusal(await reboot(granted, 313))).toMatchObject({ status: 403, clause: 'JOIN-3' });
    // Nobody said that it is core.
    expect(refusal(await reboot(granted, 101))).toMatchObject({ status: 403, clause: 'CORE-4' });
    expect(await place.done(granted, 312, { act: 'reboot' })).toMatchObject({ state: 'done' });
    expect((await place.ask(granted, '/vms/312/console')).status).toBe(200);
    // Whose it is the team decides.
    expect(
      refusal(await place.ask(granted, '/vms/312/owner', 'POST', { person: granted.person })),
    ).toMatchObject({
      clause: 'JOIN-3',
    });
  });

  it('says of which class VMs are, and nothing of those that it does not know', async () => {
    const service = await place.somebody('service');
    const classes = async (...vms: string[]) =>
      (await place.ask(service, '/vm-lifecycle/questions/classes', 'POST', { vms })).body.classes;
    expect(await classes('101', '312', '999')).toEqual([
      { vm: '101', class: 'core' },
      { vm: '312', class: 'participant' },
    ]);
  });
});
