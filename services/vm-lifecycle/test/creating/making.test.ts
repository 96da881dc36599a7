import type { Creation } from '@huismeester/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { create, key, type MakingSite, openMakingSite, personId, ready } from './making-site.ts';

let site: MakingSite;

beforeAll(async () => {
  site = await openMakingSite({ people: 6 });
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
  const first = await site.home.make(3, { name: 'once' }, headers);
  const second = await site.home.make(3, { name: 'once' }, headers);
  expect(second).toEqual(first);
  await ready(site, (first.body as Creation).id);
  expect((await site.home.creations()).filter(({ name }) => name === 'once')).toHaveLength(1);
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
  ['a project that is not there', { project: 'p-none' }, 409, 'no-such-project'],
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
