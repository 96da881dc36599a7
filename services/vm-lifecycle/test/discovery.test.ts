import { type Child, startChild, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, byHand, event, found, guest, openSpace, type Space } from './space.ts';

// What must never be seen, by number and by name (PRIV-2); the token could see it all.
const board = guest(66_601, { name: 'notulen', pool: 'bestuur' });
const { pool: _, ...noPool } = guest(66_602, { name: 'losse-flodder' });
const template = guest(66_603, { name: 'sjabloon', template: true, status: 'stopped' });
/** Their names, and their numbers where these stand alone: a UUID or a fraction of a second may have the same digits. */
const secrets = /(?<![\da-z.])6660\d(?![\da-z])|notulen|losse-flodder|sjabloon|bestuur/;

let space: Space;
/** A real MQTT client that reads all there is. */
let reader: Child;

beforeAll(async () => {
  space = await openSpace({
    guests: [
      board,
      noPool,
      template,
      guest(101),
      guest(102, { type: 'lxc', pool: 'deelnemers' }),
      guest(103),
      guest(104),
      guest(105),
      guest(106, { status: 'stopped', pool: 'spacewide', ha: { state: 'stopped' } }),
      guest(107, { node: 'pve2' }),
      guest(108, { onboot: true, agent: true }),
    ],
  });
  const mqttUrl = (space.home.running.mqttUrl ?? '').replace(/\/$/, '');
  const args = ['-L', `${mqttUrl}/space/v1/#`, '-F', '%t %p', '-V', 'mqttv311'];
  reader = await startChild({ command: 'mosquitto_sub', args });
  await found(space, 108);
});
afterAll(async () => {
  await reader.stop();
  await space.close();
});

const states = (vmid: number) =>
  reader
    .output()
    .split('\n')
    .filter((line) => line.startsWith(`space/v1/vm-lifecycle/state/vm/${vmid} `))
    .map((line) => line.slice(line.indexOf(' ') + 1));

test('the guests in listed pools are found', async () => {
  expect((await found(space, 102)).data).toEqual({
    vm: '102',
    hypervisor: 'pve',
    node: 'pve1',
    class: 'participant',
    vmid: 102,
    kind: 'lxc',
    name: 'vm102',
    pool: 'deelnemers',
    running: true,
    incarnation: expect.stringMatching(/^mac-/),
    cores: 2,
    memory_mib: 2048,
    disk_gib: 32,
  });
  expect((await found(space, 106)).data).toMatchObject({ class: 'space-wide', running: false });
});

test('a person’s stop and start name the person', async () => {
  await byHand(space, '/nodes/pve1/qemu/101/status/stop');
  const stopped = await event(space, 101, 'vm.stopped');
  expect(stopped).toMatchObject({ actor: 'pve:jan@pve!laptop', data: { cause: 'person', class: 'core' } });
  await byHand(space, '/nodes/pve1/qemu/101/status/start');
  const started = await event(space, 101, 'vm.started');
  expect(started).toMatchObject({ actor: 'pve:jan@pve!laptop', data: { cause: 'person' } });
});

test('a guest that goes down by itself has nobody behind it', async () => {
  space.simulator.guest(102).status = 'stopped';
  const stopped = await event(space, 102, 'vm.stopped');
  expect(stopped.data).toMatchObject({ cause: 'guest' });
  expect(stopped.actor).toBeUndefined();
});

test('renamed, moved and reclassified', async () => {
  Object.assign(space.simulator.guest(103), { name: 'andere-naam', pool: 'deelnemers' });
  expect((await event(space, 103, 'vm.reclassified')).data).toMatchObject({
    from: 'core',
    to: 'participant',
  });
  expect((await event(space, 103, 'vm.renamed')).data).toMatchObject({ name: 'andere-naam' });
  space.simulator.guest(103).node = 'pve2';
  expect((await event(space, 103, 'vm.moved')).data).toMatchObject({ node: 'pve2', from: 'pve1' });
});

test('a VM that goes to an unlisted pool is unlisted, gone from all answers, and found again when it comes back', async () => {
  space.simulator.guest(104).pool = 'bestuur';
  await event(space, 104, 'vm.unlisted');
  expect((await space.home.get('/api/v1/vms/104')).status).toBe(404);
  space.simulator.guest(104).pool = 'core';
  await event(space, 104, 'vm.found', 2);
});

test('a lock is no stop: a guest that a backup has off says nothing until the backup is over', async () => {
  const held = space.simulator.guest(105);
  Object.assign(held, { lock: 'backup', status: 'stopped' });
  const looks = () =>
    space.simulator.requests.filter(({ path }) => path.endsWith('/105/status/current')).length;
  const before = looks();
  await waitFor('three looks at the locked guest', () => looks() >= before + 3);
  expect((await space.home.eventsOf(105)).map(({ type }) => type)).toEqual(['vm.found']);
  delete held.lock;
  await event(space, 105, 'vm.stopped');
});

test('the VMs of a node that is off are unknown, not stopped; nothing is asked of them', async () => {
  const { home, simulator } = space;
  simulator.setNodeOnline('pve2', false);
  await waitFor('node.offline', async () =>
    (await home.events()).find(({ type }) => type === 'node.offline'),
  );
  await waitFor('107 unknown', async () => (await home.vm(107)).status === 'unknown');
  await home.decide('107', 'stopped');
  await waitFor('that it is waited for', async () => (await home.vm(107)).act?.startsWith('waiting: '));
  expect((await home.eventsOf(107)).map(({ type }) => type)).toEqual(['vm.found']);
  const { entities } = await home.snapshot();
  expect(entities.find(({ subject }) => subject === 'vm/107')?.state).toMatchObject({ status: 'running' });
  expect(asked(space, 107, 'shutdown')).toHaveLength(0);

  simulator.setNodeOnline('pve2', true);
  // It was off with its node, and is where policy wants it.
  expect((await event(space, 107, 'vm.stopped')).data).toMatchObject({ cause: 'node' });
  expect(asked(space, 107, 'shutdown')).toHaveLength(0);
});

test('quorum lost and gained', async () => {
  space.simulator.state.quorate = false;
  const changes = async () =>
    (await space.home.events())
      .filter(({ type }) => type === 'hypervisor.quorum-changed')
      .map(({ data }) => data);
  await waitFor('quorum lost', async () => (await changes()).length >= 1);
  space.simulator.state.quorate = true;
  await waitFor('quorum gained', async () => (await changes()).length >= 2);
  expect(await changes()).toMatchObject([{ quorate: false }, { quorate: true }]);
});

test('a hypervisor that refuses us is unreachable after three polls, and its VMs unknown', async () => {
  const { home, simulator } = space;
  simulator.faults.refuse('GET', /cluster\/resources/, {
    status: 403,
    reason: 'Permission check failed',
    times: 1e6,
  });
  const of = async (type: string) => (await home.events()).filter((each) => each.type === type);
  const [said] = await waitFor('unreachable', async () => {
    const unreachable = await of('hypervisor.unreachable');
    return unreachable.length > 0 && unreachable;
  });
  expect(said?.data).toEqual({ hypervisor: 'pve', error: 'forbidden' });
  expect((await home.vm(108)).status).toBe('unknown');
  const ready = await home.get('/health/ready');
  expect(ready.status).toBe(503);
  expect(ready.text).toContain('vm-lifecycle: hypervisor pve');
  simulator.faults.clear();
  await waitFor('reachable again', async () => (await of('hypervisor.reachable')).length >= 2);
  await waitFor('108 running', async () => (await home.vm(108)).status === 'running');
});

test('each VM is on MQTT without its name; what is unknown is left out', async () => {
  const known = await waitFor('the state of 106', () => states(106)[0]);
  const state = { status: 'stopped', running: 0, class: 'space-wide', class_n: 2, node: 'pve1' };
  expect(JSON.parse(known)).toEqual({ ...state, ts: expect.any(Number) });
  // While the hypervisor could not be asked.
  const shown = states(108).map((payload) => JSON.parse(payload));
  expect(shown).toContainEqual({ class: 'core', class_n: 1, node: 'pve1', ts: expect.any(Number) });
  // 104 went to another pool for a while: its retained state was cleared.
  expect(states(104)).toContain('');
});

test('how a guest starts and stops is read, said, and shown', async () => {
  const { data, actor } = await event(space, 108, 'vm.inspected');
  expect(data).toEqual({ vm: '108', onboot: true, agent: true, ha: false });
  expect(actor).toBeUndefined();
  // A container has no agent.
  expect((await event(space, 102, 'vm.inspected')).data).toEqual({ vm: '102', onboot: false, ha: false });
  expect((await event(space, 106, 'vm.inspected')).data).toMatchObject({ agent: false, ha: true });
});

test('one VM has an ETag; the list can be filtered and is paged', async () => {
  const { home } = space;
  const one = await home.get('/api/v1/vms/108');
  expect(one.body).toEqual({
    id: '108',
    hypervisor: 'pve',
    vmid: 108,
    kind: 'qemu',
    name: 'vm108',
    class: 'core',
    pool: 'core',
    node: 'pve1',
    status: 'running',
    onboot: true,
    agent: true,
    ha: false,
    incarnation: expect.stringMatching(/^uuid-/),
    cores: 2,
    memory_mib: 2048,
    disk_gib: 32,
    may: ['start', 'reboot', 'shutdown', 'stop', 'console', 'hold'],
  });
  expect(one.etag).toMatch(/^".+"$/);
  const core = (await home.get('/api/v1/vms?class=space-wide&status=stopped&node=pve1')).body;
  expect(core).toMatchObject({ count: 1, results: [{ id: '106' }], next: null });
  expect((await home.get('/api/v1/vms?limit=2')).body).toMatchObject({
    count: 8,
    next: '/api/v1/vms?limit=2&offset=2',
  });
});

test('the snapshot has every VM, node and hypervisor with the version of its newest event', async () => {
  const { home } = space;
  const { entities, position } = await home.snapshot();
  const events = await home.events();
  expect(position).toBe(events.at(-1)?.position);
  expect(entities.map(({ subject }) => subject).sort()).toEqual([
    'hypervisor/pve',
    'node/pve-pve1',
    'node/pve-pve2',
    ...[101, 102, 103, 104, 105, 106, 107, 108].map((vmid) => `vm/${vmid}`),
  ]);
  for (const { subject, version } of entities) {
    expect([subject, version]).toEqual([
      subject,
      events.findLast((each) => each.subject === subject)?.version,
    ]);
  }
});

test('of the board’s VM, a VM in no pool and a template nothing appears anywhere (PRIV-2)', async () => {
  const { home } = space;
  const metrics = (await home.get('/metrics')).text;
  const said = {
    events: JSON.stringify(await home.events()),
    tables: await home.tables(),
    snapshot: JSON.stringify(await home.snapshot()),
    log: home.logged(),
    mqtt: reader.output(),
    vms: (await home.get('/api/v1/vms')).text,
    health: (await home.get('/health/ready')).text,
    metrics,
  };
  for (const [where, text] of Object.entries(said))
    expect([where, secrets.exec(text)?.[0]]).toEqual([where, undefined]);
  expect((await home.get('/api/v1/vms/66601')).status).toBe(404);
  const counted = [...metrics.matchAll(/^huismeester_vms\{.*\} (\d+)$/gm)].map(([, n]) => Number(n));
  expect(counted.reduce((sum, n) => sum + n, 0)).toBe(8);
  expect(space.simulator.requests.filter(({ path }) => /\/6660\d/.test(path))).toEqual([]);
});
