import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, event, found, guest, openSpace, type Space } from './space.ts';

let space: Space;

beforeAll(async () => {
  space = await openSpace({
    guests: [guest(401), guest(402, { shutdownSeconds: 15 }), guest(403), guest(404)],
  });
  await found(space, 404);
});
afterAll(() => space.close());

const requests = async (vmid: number) =>
  (await space.home.eventsOf(vmid))
    .filter(({ type }) => type === 'vm.power-requested')
    .map(({ data }) => data);

test('what was intended, asked and under way when the process ended is taken up by the next one', async () => {
  const { simulator } = space;
  // 401: the process ends after the intent, before anything was sent. 403: after it was done, before the answer came.
  simulator.faults.refuse('POST', /\/401\/status\/shutdown/);
  simulator.faults.dropNextAnswer('POST', /\/403\/status\/shutdown/);
  const decisions = await Promise.all(['401', '402', '403'].map((vm) => space.home.decide(vm, 'stopped')));
  await event(space, 402, 'vm.power-accepted');
  for (const vmid of [401, 403]) await event(space, vmid, 'vm.power-requested');
  await waitFor('both requests to be sent', () =>
    [401, 403].every((vmid) => asked(space, vmid, 'shutdown').length >= 1),
  );
  await space.restart();

  for (const [index, vmid] of [401, 402, 403].entries()) {
    const stopped = await event(space, vmid, 'vm.stopped');
    expect([vmid, stopped.data]).toEqual([
      vmid,
      expect.objectContaining({ cause: 'huismeester', decision: decisions[index] }),
    ]);
  }
  expect(asked(space, 402, 'shutdown')).toHaveLength(1);
  expect(asked(space, 403, 'shutdown')).toHaveLength(1);
  expect(await requests(403)).toHaveLength(1);
  // Of the one that never was sent there is no trace, so it is sent again, which is recorded.
  expect(asked(space, 401, 'shutdown')).toHaveLength(2);
  expect(await requests(401)).toMatchObject([
    { attempt: 1 },
    { attempt: 2, because: expect.stringContaining('no trace') },
  ]);
});

test('a configuration is said only when it is another than was known', async () => {
  await event(space, 403, 'vm.inspected');
  await event(space, 404, 'vm.inspected');
  space.simulator.guest(404).onboot = true;
  const configs = () => space.simulator.requests.filter(({ path }) => path.endsWith('/403/config')).length;
  const before = configs();
  await space.restart();
  expect((await event(space, 404, 'vm.inspected', 2)).data).toMatchObject({ onboot: true });
  await waitFor('403 to be read again', () => configs() > before);
  const said = (await space.home.events()).filter(({ type }) => type === 'vm.inspected');
  expect(said.filter(({ subject }) => subject === 'vm/403')).toHaveLength(1);
});

test('what is known is not found again, and what changed meanwhile is noticed', async () => {
  const before = (await space.home.eventsOf(404)).length;
  expect(before).toBe(1);
  await space.restart();
  space.simulator.guest(404).status = 'stopped';
  await event(space, 404, 'vm.stopped');
  expect((await space.home.eventsOf(404)).map(({ type }) => type)).toEqual(['vm.found', 'vm.stopped']);
});
