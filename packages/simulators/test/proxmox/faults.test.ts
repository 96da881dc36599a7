import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { vm } from './cluster.ts';

afterEach(closeSimulators);

const stop = '/nodes/pve1/qemu/100/status/stop';

it('acts and then cuts the connection, once', async () => {
  const pve = await simulate([vm(100)]);
  pve.simulator.faults.dropNextAnswer('POST', /stop$/);
  await expect(pve.act(stop)).rejects.toThrow();
  expect(pve.simulator.tasks()).toHaveLength(1);
  await pve.act(stop);
  expect(pve.simulator.requests.map(({ method, status }) => [method, status])).toEqual([
    ['POST', undefined],
    ['POST', 200],
  ]);
});

it('refuses without acting, with an answer or without one', async () => {
  const pve = await simulate([vm(100)]);
  pve.simulator.faults.refuse('POST', /stop$/);
  await expect(pve.act(stop)).rejects.toThrow();
  pve.simulator.faults.refuse('POST', /stop$/, { status: 503, reason: 'busy', times: 2 });
  expect(await pve.send('POST', stop)).toMatchObject({ status: 503, reason: 'busy' });
  expect(await pve.send('POST', stop)).toMatchObject({ status: 503, reason: 'busy' });
  pve.simulator.faults.refuse('POST', /stop$/);
  pve.simulator.faults.clear();
  expect(pve.simulator.tasks()).toHaveLength(0);
  await pve.act(stop);
});

it('answers late, having acted at once', async () => {
  const pve = await simulate([vm(100)]);
  pve.simulator.faults.delay('POST', /stop$/, 300);
  const began = performance.now();
  await pve.act(stop);
  expect(performance.now() - began).toBeGreaterThanOrEqual(290);
  expect(pve.simulator.guest(100).status).toBe('stopped');
});

it('cuts every connection that is open', async () => {
  const pve = await simulate([vm(100)]);
  pve.simulator.faults.delay('GET', /version/, 60_000);
  const asked = pve.get('/version');
  const failed = expect(asked).rejects.toThrow();
  await waitFor('the request', () => pve.simulator.requests.length === 1);
  pve.simulator.faults.disconnectAll();
  await failed;
});

it('loses the network: connections are cut, or nothing answers and what is still waited for arrives late', async () => {
  const pve = await simulate([vm(100)]);
  pve.simulator.faults.lose('cut');
  await expect(pve.act(stop)).rejects.toThrow();
  pve.simulator.faults.restore();
  expect((await pve.send('GET', '/version')).status).toBe(200);
  expect(pve.simulator.requests).toHaveLength(1);

  pve.simulator.faults.lose('silent');
  let answered = false;
  const late = pve.act(stop).finally(() => {
    answered = true;
  });
  await expect(pve.send('GET', '/version', {}, 300)).rejects.toThrow();
  expect(answered).toBe(false);
  pve.simulator.faults.restore();
  await late;
  expect(pve.simulator.requests.map(({ path }) => path)).toEqual(['/version', stop]);
});
