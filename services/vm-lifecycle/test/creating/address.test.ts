import type { ProxmoxSimulator } from '@huismeester/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { creationResource } from '../../src/creating/resource.ts';
import { openDriven } from './driven.ts';
import { startCluster } from './making-site.ts';

let simulator: ProxmoxSimulator;
let driven: Awaited<ReturnType<typeof openDriven>>;

beforeAll(async () => {
  simulator = await startCluster({ speed: 2_000, durations: { resourcesDelay: 0 } });
  driven = await openDriven(simulator);
});
afterAll(async () => {
  await driven.close();
  await simulator.close();
});

const agent = /\/agent\/network-get-interfaces$/;
const forEver = { status: 500, reason: 'QEMU guest agent is not running', times: Number.POSITIVE_INFINITY };

/** A VM whose agent never answers, up to where its address is waited for. */
async function silent(name: string): Promise<string> {
  simulator.faults.refuse('GET', agent, forEver);
  const id = await driven.begin(name);
  await driven.until(id, 'waiting-for-address');
  expect(await driven.look(id)).toMatchObject({ open: true, state: { step: 'waiting-for-address' } });
  return id;
}

test('a VM that shows no address within 90 s is done, and says what to check', async () => {
  const id = await silent('silent');
  driven.pass(85_000);
  expect((await driven.look(id)).state.step).toBe('waiting-for-address');
  driven.pass(6_000);
  const done = creationResource(await driven.look(id), '');
  expect(done).toMatchObject({
    step: 'done',
    ready: true,
    hint: expect.stringContaining('qemu-guest-agent'),
  });
  expect(done).not.toHaveProperty('address');
  expect(done).not.toHaveProperty('ssh');
  simulator.faults.clear();
});

test('one that is good on its own link alone is shown once no other came, and docker0’s never', async () => {
  const id = await silent('link-local');
  const { vmid } = await driven.look(id);
  simulator.guest(vmid).addresses = [];
  simulator.guest(vmid).agentSeconds = 0;
  simulator.faults.clear();
  expect((await driven.look(id)).state.step).toBe('waiting-for-address');
  driven.pass(91_000);
  const done = creationResource(await driven.look(id), '');
  expect(done).toMatchObject({ step: 'done', address: expect.stringMatching(/^fe80:/) });
});
