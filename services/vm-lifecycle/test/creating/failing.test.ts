import type { Creation, Quota, Vm, VmAct } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intentOf } from '../../src/core/creating/intent.ts';
import { type MakingSite, openMakingSite, ready } from './making-site.ts';

let site: MakingSite;

beforeAll(async () => {
  site = await openMakingSite({ people: 9, speed: 100, durations: { resourcesDelay: 0 } });
});
afterAll(() => site.close());

async function ask(person: number, name: string, more: object = {}): Promise<string> {
  const { status, body } = await site.home.make(person, { name, ...more });
  expect([status, body]).toMatchObject([202, {}]);
  return (body as Creation).id;
}
const quotaOf = async (person: number) =>
  (await site.home.ask('GET', '/api/v1/quota', { person })).body as Quota;
const guestOf = (creation: string) =>
  site.simulator.state.guests.find(
    ({ config }) => intentOf(String(config?.description ?? ''))?.creation === creation,
  );

test('a template that is locked is waited for', async () => {
  site.simulator.guest(9000).lock = 'backup';
  const id = await ask(1, 'waits');
  const waiting = await waitFor('it to be seen', async () => {
    const made = await site.home.creation(id);
    return made.failure === 'locked' ? made : undefined;
  });
  expect(waiting).toMatchObject({ step: 'cloning', ready: false, error: expect.stringContaining('locked') });
  site.simulator.guest(9000).lock = '';
  delete site.simulator.guest(9000).lock;
  const done = await ready(site, id);
  expect(done).toMatchObject({ step: 'done' });
  expect(done).not.toHaveProperty('failure');
});

test('what does not fit is removed again, since it was never started; tried once more it is made', async () => {
  const answer = { status: 500, reason: 'no space left on device', times: 1 };
  site.simulator.faults.refuse('PUT', /\/resize$/, answer);
  const deletes = site.simulator.deletes;
  const id = await ask(2, 'too-big');
  const failed = await ready(site, id);
  expect(failed).toMatchObject({
    step: 'failed',
    failure: 'storage-full',
    error: 'no space left on device',
    hint: expect.stringContaining('smaller disk'),
  });
  expect(guestOf(id)).toBeUndefined();
  expect(site.simulator.deletes).toBe(deletes + 1);
  const types = (await site.home.events()).map(({ type }) => type);
  expect(types.filter((type) => type === 'ownership.ended' || type === 'project.retired')).toHaveLength(2);
  expect(await quotaOf(2)).toMatchObject({ used: { vms: 0, cores: 0, memory_mib: 0, disk_gib: 0 } });
  // Its name is kept, and whoever asks for it anew reads what became of it.
  expect(await site.home.make(2, { name: 'too-big' })).toMatchObject({
    status: 409,
    body: { code: 'name-taken', errors: [{ allowed: expect.stringContaining(`/creations/${id}/retry`) }] },
  });

  const again = await site.home.ask('POST', `/api/v1/creations/${id}/retry`, { person: 2 });
  expect(again).toMatchObject({ status: 200, body: { step: 'planned' } });
  const done = await waitFor('it to be made', async () => {
    const made = await site.home.creation(id);
    return made.step === 'done' ? made : undefined;
  });
  expect(guestOf(id)).toMatchObject({ vmid: done.vmid, status: 'running' });
  expect(site.simulator.deletes).toBe(deletes + 1);
  // Also before the next listing has it running.
  expect(await quotaOf(2)).toMatchObject({ used: { vms: 1, cores: 1 } });
});

test('what failed gives its quota back, and is tried once more within it', { timeout: 120_000 }, async () => {
  const answer = { status: 500, reason: 'no space left on device', times: 1 };
  site.simulator.faults.refuse('PUT', /\/resize$/, answer);
  const id = await ask(7, 'first');
  expect(await ready(site, id)).toMatchObject({ step: 'failed' });
  const others = await Promise.all(
    ['second', 'third', 'fourth'].map((name) => ask(7, name, { template: 'debian-lxc' })),
  );
  const retry = () => site.home.ask('POST', `/api/v1/creations/${id}/retry`, { person: 7 });
  expect(await retry()).toMatchObject({ status: 409, body: { code: 'quota-exceeded', clause: 'PART-2' } });
  expect(await site.home.creation(id)).toMatchObject({ step: 'failed', failure: 'storage-full' });
  for (const other of others) expect(await ready(site, other)).toMatchObject({ step: 'done' });
  const [, third] = others;
  const gone = { person: 7, body: { act: 'delete', name: 'third' } };
  const { vm = '' } = await site.home.creation(third ?? '');
  await site.home.ask('POST', `/api/v1/vms/${vm}/acts`, { person: 7, body: { act: 'stop', name: 'third' } });
  await waitFor('it to be off', () => site.simulator.guest(Number(vm)).status === 'stopped');
  await waitFor('it to be deleted', async () => {
    const { status } = await site.home.ask('POST', `/api/v1/vms/${vm}/acts`, gone);
    return status === 202 || status === 404;
  });
  // Destroyed, it is in no pool, and our tokens may not even ask of it: it ends all the same, and uses nothing.
  const acts = async () =>
    ((await site.home.ask('GET', '/api/v1/acts', { person: 7 })).body as { results: VmAct[] }).results;
  await waitFor('its end', async () => (await acts()).every(({ state }) => state === 'done'));
  expect(await quotaOf(7)).toMatchObject({ used: { vms: 2 } });
  expect(await retry()).toMatchObject({ status: 200, body: { step: 'planned' } });
  const again = await waitFor('it to be made', async () => {
    const made = await site.home.creation(id);
    return made.step === 'done' ? made : undefined;
  });
  expect(guestOf(id)).toMatchObject({ vmid: again.vmid, name: 'first' });
  expect(await quotaOf(7)).toMatchObject({ used: { vms: 3 } });
});

test('what is given up leaves nothing behind that counts', async () => {
  const answer = { status: 500, reason: 'no space left on device', times: 1 };
  site.simulator.faults.refuse('PUT', /\/resize$/, answer);
  const id = await ask(8, 'given-up');
  expect(await ready(site, id)).toMatchObject({ step: 'failed' });
  const up = await site.home.ask('POST', `/api/v1/creations/${id}/giving-up`, { person: 8 });
  expect(up).toMatchObject({ status: 200 });
  expect(await quotaOf(8)).toMatchObject({ used: { vms: 0 } });
  expect(await ready(site, await ask(8, 'given-up', { template: 'debian-lxc' }))).toMatchObject({
    step: 'done',
  });
});

test('what was started is never removed, and is shown', async () => {
  site.simulator.faults.refuse('POST', /\/status\/start$/, {
    status: 500,
    reason: 'no such bridge',
    times: 3,
  });
  const deletes = site.simulator.deletes;
  const id = await ask(3, 'no-bridge');
  const failed = await ready(site, id);
  expect(failed).toMatchObject({
    step: 'failed',
    failure: 'refused',
    hint: expect.stringContaining('still in Proxmox'),
  });
  expect(guestOf(id)).toBeDefined();
  expect(site.simulator.deletes).toBe(deletes);
  // It is theirs and stands there, but does not run.
  const left = { used: { vms: 1, cores: 0, memory_mib: 0, disk_gib: 10 } };
  await waitFor('it to count as it is', async () => (await quotaOf(3)).used.disk_gib === 10);
  expect(await quotaOf(3)).toMatchObject(left);
  const up = await site.home.ask('POST', `/api/v1/creations/${id}/giving-up`, { person: 3 });
  expect(up).toMatchObject({ status: 200, body: { step: 'given-up' } });
  expect(guestOf(id)).toBeDefined();
  expect(await quotaOf(3)).toMatchObject(left);
  const second = await site.home.ask('POST', `/api/v1/creations/${id}/giving-up`, { person: 3 });
  expect(second).toMatchObject({ status: 409, body: { code: 'not-failed' } });
});

test('what stands there is not started into the reserve of its node when it is tried once more', async () => {
  const answer = { status: 500, reason: 'no such bridge', times: 3 };
  site.simulator.faults.refuse('POST', /\/status\/start$/, answer);
  const id = await ask(9, 'too-late');
  expect(await ready(site, id)).toMatchObject({ step: 'failed', failure: 'refused' });
  const retry = () => site.home.ask('POST', `/api/v1/creations/${id}/retry`, { person: 9 });
  const node = site.simulator.node(guestOf(id)?.node ?? '');
  const before = structuredClone(node);
  Object.assign(node, { memoryGib: 64, memoryUsedGib: 54 });
  // Whatever storages say.
  const away = { status: 500, reason: 'no answer', times: Number.POSITIVE_INFINITY };
  site.simulator.faults.refuse('GET', /\/storage$/, away);
  expect(await retry()).toMatchObject({
    status: 409,
    body: { code: 'quota-exceeded', clause: 'PART-2', errors: [{ field: `memory of node ${node.name}` }] },
  });
  expect(await site.home.creation(id)).toMatchObject({ step: 'failed' });
  site.simulator.faults.clear();
  Object.assign(node, { memoryUsedGib: 12, ...before });
  expect(await retry()).toMatchObject({ status: 200, body: { step: 'starting' } });
  const done = await waitFor('it to run', async () => {
    const made = await site.home.creation(id);
    return made.step === 'done' ? made : undefined;
  });
  expect(guestOf(id)).toMatchObject({ vmid: done.vmid, status: 'running' });
});

test('what somebody started meanwhile is gone on with, though there is no room for as much again', async () => {
  const answer = { status: 500, reason: 'no such bridge', times: 3 };
  site.simulator.faults.refuse('POST', /\/status\/start$/, answer);
  const id = await ask(9, 'by-hand', { size: { cores: 3, memory: '1GiB', disk: '10GiB' } });
  const { vm } = await ready(site, id);
  const guest = guestOf(id) ?? expect.unreachable();
  Object.assign(guest, { status: 'running', startedAt: Date.now() });
  await waitFor('it to be seen running', async () => {
    const { body } = await site.home.ask('GET', `/api/v1/vms/${vm}`);
    return (body as Vm).status === 'running';
  });
  const again = await site.home.ask('POST', `/api/v1/creations/${id}/retry`, { person: 9 });
  expect(again).toMatchObject({ status: 200, body: { step: 'starting' } });
  await waitFor('it to be done', async () => (await site.home.creation(id)).step === 'done');
  expect(await quotaOf(9)).toMatchObject({ used: { vms: 2, cores: 4 } });
});

test('a right that lacks is named to whom the VM is for', async () => {
  const token = site.simulator.state.tokens.find(({ id }) => id.endsWith('create'));
  const before = structuredClone(token?.privileges ?? []);
  if (token) token.privileges = before.filter(({ path }) => !path.startsWith('/sdn'));
  const failed = await ready(site, await ask(4, 'no-right'));
  expect(failed).toMatchObject({
    step: 'failed',
    failure: 'forbidden',
    error: 'the create token lacks a right: SDN.Use on /sdn/zones/localnetwork/vmbr0',
    hint: expect.stringContaining('check-config --connect'),
  });
  if (token) token.privileges = before;
});

test('a VM whose address is not known yet is waited for, and its address is shown', async () => {
  const agent = /\/agent\/network-get-interfaces$/;
  // Its system boots for as long as the test likes.
  site.simulator.faults.refuse('GET', agent, {
    status: 500,
    reason: 'QEMU guest agent is not running',
    times: Number.POSITIVE_INFINITY,
  });
  const id = await ask(5, 'silent');
  const waiting = await waitFor('it to be waited for', async () => {
    const made = await site.home.creation(id);
    return made.step === 'waiting-for-address' ? made : undefined;
  });
  expect(waiting).not.toHaveProperty('address');
  const isAgent = ({ path }: { readonly path: string }) => agent.test(path);
  await waitFor('it to be asked for', () => site.simulator.requests.some(isAgent));
  const guest = guestOf(id);
  if (guest) guest.addresses = ['10.0.9.9'];
  site.simulator.faults.clear();
  expect(await ready(site, id)).toMatchObject({
    step: 'done',
    address: '10.0.9.9',
    ssh: 'ssh debian@10.0.9.9',
  });
});

test('another process goes on with what was being made', async () => {
  // It shows no address before the test says so: it is not over when the process ends.
  site.simulator.guest(9000).agentSeconds = 1_000_000;
  const id = await ask(6, 'survivor');
  const isWaiting = async () => (await site.home.creation(id)).step === 'waiting-for-address';
  await waitFor('its address to be waited for', isWaiting);
  await site.restart();
  expect(await isWaiting()).toBe(true);
  const guest = guestOf(id);
  if (guest) guest.agentSeconds = 0;
  delete site.simulator.guest(9000).agentSeconds;
  expect(await ready(site, id)).toMatchObject({ step: 'done', address: expect.any(String) });
  expect(site.simulator.state.guests.filter(({ name }) => name === 'survivor')).toHaveLength(1);
});
