import type { ProxmoxSimulator } from '@huismeester/simulators';
import { afterEach, expect, test } from 'vitest';
import { carries } from '../../src/core/creating/intent.ts';
import { openDriven } from './driven.ts';
import { type MakingOptions, startCluster, template } from './making-site.ts';

/* What others do meanwhile: the guest under our number, the template's lock, and where there is room. */

let simulator: ProxmoxSimulator;
let driven: Awaited<ReturnType<typeof openDriven>>;

async function open(state: NonNullable<MakingOptions['state']> = {}): Promise<void> {
  simulator = await startCluster({ speed: 2_000, durations: { resourcesDelay: 0 }, state });
  simulator.guest(template.vmid).agentSeconds = 0;
  driven = await openDriven(simulator);
}
afterEach(async () => {
  await driven.close();
  await simulator.close();
});

test.each(['configuring', 'resizing', 'starting', 'waiting-for-address'] as const)(
  'a guest that stands under the number before %s is left alone, and the VM is made under the next',
  async (step) => {
    await open();
    const id = await driven.begin('wiki');
    const { vmid } = await driven.until(id, step);
    const stranger = simulator.replace(vmid, { name: 'stranger', pool: 'deelnemers', status: 'stopped' });
    const untouched = structuredClone(stranger);
    const done = await driven.run(id);
    expect(done.state.step).toBe('done');
    expect(done.vmid).not.toBe(vmid);
    expect(simulator.guest(vmid)).toEqual(untouched);
    expect(simulator.deletes).toBe(0);
    const ours = simulator.state.guests.filter(({ config }) =>
      carries(String(config?.description ?? ''), id),
    );
    expect(ours.map((each) => each.vmid)).toEqual([done.vmid]);
  },
);

test('nor is it removed when what is made cannot be made, though it was never started', async () => {
  await open();
  const id = await driven.begin('wiki');
  const { vmid } = await driven.until(id, 'configuring');
  const full = { status: 500, reason: 'no space left on device', times: 3 };
  simulator.faults.refuse('PUT', /\/config$/, full);
  await driven.until(id, 'cleaning-up');
  const untouched = structuredClone(simulator.replace(vmid, { name: 'stranger', pool: 'deelnemers' }));
  expect((await driven.run(id)).state).toMatchObject({
    step: 'failed',
    failure: 'storage-full',
    left: false,
  });
  expect(simulator.guest(vmid)).toEqual(untouched);
  expect(simulator.deletes).toBe(0);
});

test('a number of which nothing is left is another’s meanwhile, and what is tried once more gets the next', async () => {
  await open();
  const first = await driven.begin('first');
  await driven.until(first, 'configuring');
  simulator.faults.refuse('PUT', /\/config$/, { status: 500, reason: 'no space left on device', times: 1 });
  const { vmid, state } = await driven.run(first);
  expect(state).toMatchObject({ step: 'failed', left: false });
  const second = await driven.begin('second', 'debian-lxc');
  expect((await driven.run(second)).vmid).toBe(vmid);
  expect((await driven.retry(first)).vmid).not.toBe(vmid);
  const again = await driven.run(first);
  expect(again.state.step).toBe('done');
  expect(simulator.guest(again.vmid).name).toBe('first');
  expect(simulator.guest(vmid).name).toBe('second');
});

test('a lock that another clone holds is waited for', async () => {
  await open();
  const reason = "can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout";
  simulator.faults.refuse('POST', /\/clone$/, { status: 500, reason, times: 2 });
  const id = await driven.begin('wiki');
  expect((await driven.run(id)).state.step).toBe('done');
  const failed = (await driven.events()).filter(({ type }) => type === 'creation.step-failed');
  expect(failed.map(({ data }) => data)).toMatchObject([
    { failure: 'locked', again: true, attempt: 1 },
    { failure: 'locked', again: true, attempt: 2 },
  ]);
});

const lvm = { id: 'local-lvm', type: 'lvmthin', content: ['images', 'rootdir'], totalGib: 500 };
const nodes = [
  { name: 'pve1', online: true, memoryGib: 64, memoryUsedGib: 40 },
  { name: 'pve2', online: true, memoryGib: 64, memoryUsedGib: 4 },
];

test.each([
  ['the node with most room, where its storage is shared', true, 'pve2'],
  ['the node of its template, where it is not', false, 'pve1'],
])('a clone stands on %s', async (_, shared, node) => {
  await open({ nodes, storages: [{ ...lvm, shared }] });
  const id = await driven.begin('wiki');
  const done = await driven.run(id);
  expect(done.state).toMatchObject({ step: 'done', node });
  expect(simulator.guest(done.vmid).node).toBe(node);
});
