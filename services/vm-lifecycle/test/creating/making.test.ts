import { randomUUID } from 'node:crypto';
import type { Creation, Vm } from '@huismeester/contracts';
import type { GuestState } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intentText } from '../../src/core/creating/intent.ts';
import { projects, promotions } from '../../src/projects/aggregates.ts';
import { create, key, type MakingSite, openMakingSite, personId, ready, template } from './making-site.ts';

let site: MakingSite;

beforeAll(async () => {
  // Our database is new, and the guest is not: it was restored from before, or lost.
  const lost: GuestState = { ...template, vmid: 950, name: 'lost', template: false, pool: 'deelnemers' };
  const config = { description: intentText({ creation: randomUUID(), owner: personId(5) }) };
  const room = { memoryGib: 16, memoryUsedGib: 8 };
  const nodes = ['pve1', 'pve2'].map((name) => ({ name, online: true, ...room }));
  site = await openMakingSite({ people: 6, guests: [{ ...lost, config }], state: { nodes } });
  // Before anything is made only what is free is measured, and the template comes last.
  await waitFor('what is free to be measured', () =>
    site.simulator.requests.some(
      ({ path, status }) => path === '/nodes/pve1/qemu/9000/config' && status === 200,
    ),
  );
});
afterAll(() => site.close());

const stepsOf = ({ steps }: Creation) => steps.map(({ step }) => step);

test('a VM is cloned, set up, enlarged and started, and its address is shown', async () => {
  const asked = await site.home.make(1, { name: 'wiki-bot', size: 'm' });
  expect(asked).toMatchObject({ status: 202, body: { step: 'planned', name: 'wiki-bot', vmid: 900 } });
  const { id } = asked.body as Creation;
  expect(asked.location).toBe(`/api/v1/creations/${id}`);

  const done = await ready(site, id);
  expect(done).toMatchObject({ step: 'done', owner: personId(1), address: '10.20.3.132', node: 'pve1' });
  expect(done.ssh).toBe('ssh debian@10.20.3.132');
  expect(stepsOf(done)).toEqual([
    'planned',
    'cloning',
    'configuring',
    'resizing',
    'starting',
    'waiting-for-address',
    'done',
  ]);
  const guest = site.simulator.guest(900);
  expect(guest).toMatchObject({
    pool: 'deelnemers',
    name: 'wiki-bot',
    status: 'running',
    cores: 2,
    onboot: true,
  });
  expect(guest.memoryMiB).toBe(2048);
  expect(guest.disks?.[0]).toMatchObject({ key: 'scsi0', gib: 20, base: 9000 });
  expect(guest.config).toMatchObject({
    ciuser: 'debian',
    sshkeys: encodeURIComponent(key),
    ipconfig0: 'ip=dhcp',
    description: expect.stringContaining(`huismeester: ${id} owner:${personId(1)}`),
  });
  const owned = (await site.home.events()).find(({ type }) => type === 'ownership.begun');
  expect(owned?.data).toMatchObject({ vm: '900', owner: personId(1), how: 'created' });
  expect(site.home.logged()).not.toContain(create.secret);
});

test('it is in the register with a project of its own, has a lease, and its owner sees where it is', async () => {
  const seen = await waitFor('its lease', async () => {
    const vm = await vmOf(1, 900);
    return vm.lease && { ...vm, lease: vm.lease };
  });
  expect(seen).toMatchObject({
    owner: personId(1),
    address: '10.20.3.132',
    ssh: 'ssh debian@10.20.3.132',
    lease: { number: 1 },
  });
  const begun = (await site.home.events()).find(({ type }) => type === 'lease.started');
  expect(begun?.data).toMatchObject({ vm: '900', owner: personId(1) });
  const started = (await site.home.events()).find(
    ({ type, subject }) => type === 'vm.started' && subject === 'vm/900',
  );
  expect(started).toMatchObject({ actor: `person:${personId(1)}`, data: { cause: 'person' } });
  const { body } = await site.home.ask('GET', '/api/v1/projects', { person: 2 });
  const [own] = (body as { results: { id: string; vms: string[] }[] }).results;
  expect(own).toMatchObject({ id: seen.project, title: 'wiki-bot', owner: personId(1), vms: ['900'] });
  const one = await site.home.ask('GET', `/api/v1/projects/${own?.id}`, { person: 2 });
  expect(one.body).toMatchObject({ class: 'participant', history: [{ what: 'project.begun' }] });
});

const vmOf = async (person: number, vmid: number) =>
  (await site.home.ask('GET', `/api/v1/vms/${vmid}`, { person })).body as Vm;

test('a guest that names its owner is offered to that person when our log knows of nobody', async () => {
  const offered = await waitFor('the offer', async () =>
    (await site.home.events()).find(({ type }) => type === 'ownership.offered'),
  );
  expect(offered.data).toMatchObject({ vm: '950', to: personId(5) });
  expect(await vmOf(5, 950)).toMatchObject({ unclaimed: true });
  const accepted = await site.home.ask('POST', '/api/v1/vms/950/owner/acceptance', { person: 5 });
  expect(accepted).toMatchObject({ status: 200, body: { owner: personId(5) } });
  const { project } = accepted.body as { project: string };
  const { body } = await site.home.ask('GET', `/api/v1/projects/${project}`, { person: 5 });
  expect(body).toMatchObject({ title: 'lost', owner: personId(5), vms: ['950'] });
});

test('one more VM for a space-wide project: by its manager, once granted, and once', async () => {
  const { project = '' } = await vmOf(1, 900);
  const { running, log } = site.home;
  const { database } = running;
  const actor = 'test';
  const make = (person: number, name: string) => site.home.make(person, { name, project });
  await database.transaction((tx) => {
    const data = { project, from: 'participant', to: 'space-wide', promotion: 'c0ffee01' } as const;
    const decide = () => [{ type: 'project.reclassified', subject: `project/${project}`, data } as const];
    return projects.handle(tx, { log, id: project, actor, decide });
  });
  expect(await make(1, 'second')).toMatchObject({
    status: 403,
    body: { code: 'ask-first', clause: 'SPACE-7' },
  });
  const subject = 'promotion/c0ffee02';
  const of = { promotion: 'c0ffee02', project, person: personId(1) };
  await database.transaction((tx) => {
    const asked = { ...of, kind: 'one-more-vm', from: 'space-wide', because: 'a database' } as const;
    const granted = { ...of, how: 'granted', because: 'it grew' } as const;
    return promotions.handle(tx, {
      log,
      id: 'c0ffee02',
      actor,
      decide: () => [
        { type: 'promotion.requested', subject, data: asked },
        { type: 'promotion.decided', subject, data: granted },
      ],
    });
  });
  expect(await make(2, 'not-mine')).toMatchObject({
    status: 403,
    body: { code: 'not-allowed', clause: 'SPACE-5' },
  });
  const both = await Promise.all([make(1, 'second'), make(1, 'third')]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([202, 403]);
  const made = both.find(({ status }) => status === 202)?.body as Creation;
  expect(await ready(site, made.id)).toMatchObject({ step: 'done', project });
  expect((await vmOf(1, made.vmid)).project).toBe(project);
  expect(await make(1, 'fourth')).toMatchObject({ status: 403, body: { clause: 'SPACE-7' } });
});

test('what fits on no node is refused at once, and says what is used there', async () => {
  const size = { cores: 1, memory: '6GiB', disk: '10GiB' };
  const refused = await site.home.make(6, { name: 'large', template: 'debian-lxc', size });
  expect(refused).toMatchObject({ status: 409, body: { code: 'quota-exceeded', clause: 'PART-2' } });
  const { errors } = refused.body as { errors: { field: string; found: string }[] };
  expect(errors).toMatchObject([
    { field: 'memory of node pve1', found: expect.stringMatching(/^used 8192, asked 6144$/) },
    { field: 'memory of node pve2' },
  ]);
  expect((await site.home.creations()).some(({ name }) => name === 'large')).toBe(false);
});

test('a container is made of an ostemplate, with its keys', async () => {
  const asked = await site.home.make(2, { name: 'docker', template: 'debian-lxc' });
  const done = await ready(site, (asked.body as Creation).id);
  expect(done).toMatchObject({ step: 'done', kind: 'lxc', ssh: expect.stringMatching(/^ssh root@10\./) });
  expect(stepsOf(done)).not.toContain('resizing');
  const guest = site.simulator.guest(done.vmid);
  expect(guest).toMatchObject({
    type: 'lxc',
    pool: 'deelnemers',
    status: 'running',
    name: 'docker',
    onboot: true,
  });
  const sent = site.simulator.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/lxc'));
  expect(sent).toBeDefined();
});

test('the same request with the same key makes one VM', async () => {
  const headers = { 'idempotency-key': 'once' };
  const first = await site.home.make(3, { name: 'db' }, headers);
  const second = await site.home.make(3, { name: 'db' }, headers);
  expect(second).toEqual(first);
  expect(await ready(site, (first.body as Creation).id)).toMatchObject({ step: 'done', name: 'db' });
  expect((await site.home.creations()).filter(({ name }) => name === 'db')).toHaveLength(1);
});

test.each([
  ['a name that is no host name', { name: '9lives' }, 400, 'invalid-request'],
  ['a template that is not there', { template: 'debain' }, 400, 'no-such-template'],
  [
    'a disk that its system does not fit on',
    { size: { cores: 1, memory: '1GiB', disk: '1GiB' } },
    400,
    'disk-too-small',
  ],
  ['a path in place of a key', { keys: ['', '/home/jan/.ssh/id.pub'] }, 400, 'bad-keys'],
  ['no key', { keys: [] }, 400, 'no-keys'],
  ['more cores than the quota', { size: { cores: 5, memory: '1GiB', disk: '10GiB' } }, 409, 'quota-exceeded'],
  ['a project that is not there', { project: 'p-none' }, 400, 'no-such-project'],
])('%s is refused before anything is made', async (_, body, status, code) => {
  const before = site.simulator.requests.filter(({ method }) => method !== 'GET').length;
  const asked = await site.home.make(4, { name: 'refused', ...body });
  expect(asked).toMatchObject({ status, body: { code } });
  expect(site.simulator.requests.filter(({ method }) => method !== 'GET')).toHaveLength(before);
});

test('a wrong key is named by its line, and its name not twice', async () => {
  const asked = await site.home.make(4, {
    name: 'refused',
    keys: [key, `${key}"thuis"\r\n\r\nPuTTY-User-Key-File-2`],
  });
  expect(asked.body).toMatchObject({
    errors: [{ field: 'body.keys', found: expect.stringMatching(/^line \d: /) }],
  });
  const again = await site.home.make(1, { name: 'wiki-bot' });
  expect(again).toMatchObject({ status: 409, body: { code: 'name-taken' } });
});

test('templates are listed', async () => {
  const { body } = await site.home.ask('GET', '/api/v1/templates');
  expect((body as { results: unknown[] }).results).toEqual([
    { id: 'debian', name: 'Debian 13', hypervisor: 'pve', kind: 'qemu', user: 'debian', disk_gib: 4 },
    { id: 'debian-lxc', name: 'debian-lxc', hypervisor: 'pve', kind: 'lxc', user: 'root', disk_gib: 4 },
  ]);
});
