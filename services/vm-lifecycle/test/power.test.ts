import type { StoredEvent } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, byHand, event, found, guest, openSpace, type Space } from './space.ts';

const off = { status: 'stopped' } as const;
const deelnemers = [301, 302, 303].map((vmid) => guest(vmid, { pool: 'deelnemers', shutdownSeconds: 15 }));
let space: Space;

beforeAll(async () => {
  space = await openSpace({
    more: '    parallelPerNode: 2',
    guests: [
      guest(201),
      guest(202, { ...off, type: 'lxc' }),
      guest(203, { lock: 'backup' }),
      guest(204),
      guest(205),
      guest(206),
      guest(207, { hangsOnShutdown: true, node: 'pve2' }),
      guest(208, { paused: true, node: 'pve2' }),
      guest(209, { ha: { state: 'started' } }),
      guest(210, off),
      guest(211),
      guest(212),
      guest(213, { shutdownSeconds: 15 }),
      guest(214, { ...off, node: 'pve2', failsToStart: 'no such disk' }),
      guest(215),
      guest(216),
      ...deelnemers,
      guest(399),
    ],
  });
  await found(space, 399);
});
afterAll(() => space.close());

const types = (events: readonly StoredEvent[]) => events.map(({ type }) => type);
const story = async (vmid: number) => types(await space.home.eventsOf(vmid));
const settled = (vmid: number, generation: number) =>
  waitFor(`generation ${generation} of ${vmid} to be seen`, async () => {
    const vm = await space.home.vm(vmid);
    return vm.generation === generation;
  });

test('a decided stop: asked once, accepted, and the stop is ours', async () => {
  const decision = await space.home.decide('201', 'stopped');
  const stopped = await event(space, 201, 'vm.stopped');
  expect(await story(201)).toEqual(['vm.found', 'vm.power-requested', 'vm.power-accepted', 'vm.stopped']);
  expect(stopped).toMatchObject({
    actor: 'service:vm-lifecycle',
    causationid: decision,
    data: { cause: 'huismeester', decision },
  });
  const [, requested, accepted] = await space.home.eventsOf(201);
  expect(requested).toMatchObject({
    causationid: decision,
    correlationid: stopped.correlationid,
    data: { vm: '201', act: 'shutdown', generation: 1, decision, attempt: 1 },
  });
  expect(accepted?.data).toMatchObject({ upid: expect.stringMatching(/^UPID:pve1:.*:qmshutdown:201:/) });
  expect(asked(space, 201, 'shutdown').map(({ params }) => params)).toEqual([{ timeout: '20' }]);
  await waitFor('the request to be closed', async () => (await space.home.vm(201)).act === undefined);
});

test('a decided start', async () => {
  const decision = await space.home.decide('202', 'running');
  const started = await event(space, 202, 'vm.started');
  expect(started).toMatchObject({ causationid: decision, data: { cause: 'huismeester', decision } });
  expect(asked(space, 202, 'start')).toHaveLength(1);
});

test('a generation that was reached is done: a person may start the VM again', async () => {
  await space.home.decide('216', 'stopped');
  await event(space, 216, 'vm.stopped');
  await byHand(space, '/nodes/pve1/qemu/216/status/start');
  expect((await event(space, 216, 'vm.started')).data).toMatchObject({ cause: 'person' });
  // The same decision again, as after a replay of the log.
  await space.home.decide('216', 'stopped', { generation: 1 });
  await space.home.decide('399', 'running');
  await settled(399, 1);
  expect(asked(space, 216, 'shutdown')).toHaveLength(1);
});

test('a lock is waited for, and nothing is asked meanwhile', async () => {
  await space.home.decide('203', 'stopped');
  await waitFor('that the lock is seen', async () =>
    /locked \(backup\)/.test((await space.home.vm(203)).act ?? ''),
  );
  expect(asked(space, 203, 'shutdown')).toHaveLength(0);
  delete space.simulator.guest(203).lock;
  await event(space, 203, 'vm.stopped');
  expect(asked(space, 203, 'shutdown')).toHaveLength(1);
});

test('an answer that was lost: the task is found, and nothing is sent twice', async () => {
  space.simulator.faults.dropNextAnswer('POST', /\/204\/status\/shutdown/);
  await space.home.decide('204', 'stopped');
  const accepted = await event(space, 204, 'vm.power-accepted');
  const [task] = space.simulator.tasks().filter(({ id }) => id === '204');
  expect(accepted.data).toMatchObject({ attempt: 1, upid: task?.upid });
  expect((await event(space, 204, 'vm.stopped')).data).toMatchObject({ cause: 'huismeester' });
  expect(asked(space, 204, 'shutdown')).toHaveLength(1);
});

test('dry-run, hands-off, expired and older decisions touch nothing', async () => {
  const { decide } = space.home;
  await decide('205', 'stopped', { mode: 'dry-run' });
  await decide('206', 'hands-off');
  await decide('211', 'stopped', { validUntil: new Date(Date.now() - 1).toISOString() });
  await decide('212', 'running', { generation: 5 });
  await decide('212', 'stopped', { generation: 4 });
  // Whatever came before is seen by then.
  await decide('399', 'running');
  await settled(399, 2);
  for (const vmid of [205, 206, 211, 212]) expect(asked(space, vmid, 'shutdown')).toEqual([]);
  expect(await space.home.vm(212)).toMatchObject({ desired: 'running', generation: 5, status: 'running' });
});

test('a guest that does not go down: three tries, never killed, then given up and said', async () => {
  await space.home.decide('207', 'stopped');
  const last = await event(space, 207, 'vm.power-failed', 3);
  const failures = (await space.home.eventsOf(207)).filter(({ type }) => type === 'vm.power-failed');
  expect(failures.map(({ data }) => data)).toMatchObject([
    { attempt: 1, retry: true, error: expect.stringContaining('got timeout') },
    { attempt: 2, retry: true },
    { attempt: 3, retry: false },
  ]);
  const again = (await space.home.eventsOf(207)).filter(({ type }) => type === 'vm.power-requested')[1];
  expect(again?.data).toMatchObject({ attempt: 2, because: expect.stringContaining('got timeout') });
  expect(asked(space, 207, 'shutdown')).toHaveLength(3);
  expect(asked(space, 207, 'shutdown').some(({ params }) => 'forceStop' in params)).toBe(false);
  expect(asked(space, 207, 'stop')).toHaveLength(0);
  expect((await space.home.vm(207)).act).toMatch(/given up/);
  expect(last.actor).toBe('service:vm-lifecycle');
});

test('a paused guest is recorded, looked at again, and shut down once it runs', async () => {
  await space.home.decide('208', 'stopped');
  expect((await event(space, 208, 'vm.power-failed')).data).toMatchObject({
    error: expect.stringContaining('paused'),
    retry: true,
  });
  expect(asked(space, 208, 'shutdown')).toHaveLength(0);
  delete space.simulator.guest(208).paused;
  await event(space, 208, 'vm.stopped');
  expect(await story(208)).toEqual([
    'vm.found',
    'vm.power-requested',
    'vm.power-failed',
    'vm.power-requested',
    'vm.power-accepted',
    'vm.stopped',
  ]);
});

test('a guest under HA: its task is over when queued, its state is what counts', async () => {
  const decision = await space.home.decide('209', 'stopped');
  const stopped = await event(space, 209, 'vm.stopped');
  expect(stopped.data).toMatchObject({ cause: 'huismeester', decision });
  expect(asked(space, 209, 'shutdown')).toHaveLength(1);
});

test('nothing starts without quorum', async () => {
  space.simulator.state.quorate = false;
  const lost = async () =>
    (await space.home.events()).some(({ type }) => type === 'hypervisor.quorum-changed');
  await waitFor('quorum lost', lost);
  await space.home.decide('210', 'running');
  await waitFor('that it waits', async () => (await space.home.vm(210)).act === 'waiting: no quorum');
  expect(asked(space, 210, 'start')).toHaveLength(0);
  space.simulator.state.quorate = true;
  await event(space, 210, 'vm.started');
});

test('mains back in the middle of a shutdown: it is watched to its end, then started again', async () => {
  await space.home.decide('213', 'stopped');
  await event(space, 213, 'vm.power-accepted');
  const back = await space.home.decide('213', 'running');
  const started = await event(space, 213, 'vm.started');
  expect(await story(213)).toEqual([
    'vm.found',
    'vm.power-requested',
    'vm.power-accepted',
    'vm.stopped',
    'vm.power-requested',
    'vm.power-accepted',
    'vm.started',
  ]);
  expect(started.data).toMatchObject({ decision: back });
});

test('a refusal of Proxmox is recorded in its own words', async () => {
  space.simulator.faults.refuse('POST', /\/215\/status\/shutdown/, {
    status: 403,
    reason: 'Permission check failed',
  });
  await space.home.decide('215', 'stopped');
  expect((await event(space, 215, 'vm.power-failed')).data).toMatchObject({
    attempt: 1,
    retry: true,
    error: expect.stringContaining('Permission check failed'),
  });
  await event(space, 215, 'vm.stopped');
  expect(asked(space, 215, 'shutdown')).toHaveLength(2);
});

test('a start that fails in its task says what Proxmox said', async () => {
  await space.home.decide('214', 'running');
  expect((await event(space, 214, 'vm.power-failed')).data).toMatchObject({
    act: 'start',
    error: 'no such disk',
  });
});

test('as many at once on a node as the settings allow, and the next as soon as one is done', async () => {
  const vmids = deelnemers.map(({ vmid }) => vmid);
  await Promise.all(vmids.map((vmid) => space.home.decide(String(vmid), 'stopped')));
  await Promise.all(vmids.map((vmid) => event(space, vmid, 'vm.stopped')));
  const ours = space.simulator
    .tasks()
    .filter(({ id, type }) => type === 'qmshutdown' && vmids.includes(Number(id)));
  expect(ours).toHaveLength(3);
  const accepted = (await space.home.events()).filter(
    ({ type, subject }) => /^vm\/30[123]$/.test(subject) && /power-requested|stopped/.test(type),
  );
  const order = types(accepted).map((type) => type.slice('vm.'.length));
  expect(order.slice(0, 3)).toEqual(['power-requested', 'power-requested', 'stopped']);
});
