import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, failureOf, simulated, vm } from './simulated.ts';

afterEach(closeAll);

const seen = (simulator: { requests: readonly { method: string }[] }, method: string): number =>
  simulator.requests.filter((request) => request.method === method).length;

describe('a GET', () => {
  it('is sent again when the connection ends, at most twice', async () => {
    const { proxmox, simulator } = await simulated();
    simulator.faults.dropNextAnswer('GET', /version/);
    simulator.faults.refuse('GET', /version/);
    expect(await proxmox.version()).toBe('9.1');
    expect(seen(simulator, 'GET')).toBe(3);
    for (let time = 0; time < 3; time += 1) simulator.faults.refuse('GET', /version/);
    expect(await failureOf(proxmox.version())).toMatchObject({ code: 'connection' });
    expect(seen(simulator, 'GET')).toBe(6);
  });

  it.each([502, 503, 504])('is sent again after a %i', async (status) => {
    const { proxmox, simulator } = await simulated();
    simulator.faults.refuse('GET', /version/, { status, reason: 'not now', times: 2 });
    expect(await proxmox.version()).toBe('9.1');
    expect(seen(simulator, 'GET')).toBe(3);
  });

  it('is sent again when it takes too long', async () => {
    const { client, simulator } = await simulated();
    const proxmox = client({ requestTimeoutMs: 1000 });
    simulator.faults.delay('GET', /version/, 30_000);
    expect(await proxmox.version()).toBe('9.1');
    expect(seen(simulator, 'GET')).toBe(2);
  });

  it.each([400, 401, 403, 500, 501, 595, 596])('is not sent again after a %i', async (status) => {
    const { proxmox, simulator } = await simulated();
    simulator.faults.refuse('GET', /version/, { status, reason: 'no' });
    expect(await failureOf(proxmox.version())).toMatchObject({ status });
    expect(seen(simulator, 'GET')).toBe(1);
  });
});

describe('an act', () => {
  it('is sent once when its answer is lost, though it was done', async () => {
    const { proxmox, simulator } = await simulated();
    simulator.faults.dropNextAnswer('POST', /shutdown/);
    expect(await failureOf(proxmox.shutdownGuest('pve1', 'qemu', 100))).toMatchObject({
      code: 'connection',
      mayHaveArrived: true,
    });
    expect(seen(simulator, 'POST')).toBe(1);
    // Which the task list shows.
    const [task] = await proxmox.guestTasks('pve1', 100, { since: new Date(Date.now() - 60_000) });
    expect(task).toMatchObject({ type: 'qmshutdown', upid: expect.stringContaining(':100:') });
  });

  it('is sent once when it times out, though it was done', async () => {
    const { client, simulator } = await simulated();
    simulator.faults.delay('POST', /start/, 30_000);
    const proxmox = client({ requestTimeoutMs: 700 });
    expect(await failureOf(proxmox.startGuest('pve1', 'qemu', 100))).toMatchObject({
      code: 'timeout',
      reason: 'no answer within 700 ms',
      mayHaveArrived: true,
    });
    expect(simulator.tasks()).toHaveLength(1);
    expect(seen(simulator, 'POST')).toBe(1);
  });

  it.each([502, 503, 504, 596])('is sent once when a %i leaves it open', async (status) => {
    const { proxmox, simulator } = await simulated();
    simulator.faults.refuse('POST', /start/, { status, reason: 'who knows' });
    expect(await failureOf(proxmox.startGuest('pve1', 'qemu', 100))).toMatchObject({ mayHaveArrived: true });
    expect(seen(simulator, 'POST')).toBe(1);
  });

  it('other than a POST is sent once too', async () => {
    const { proxmox, simulator } = await simulated();
    const upid = await proxmox.startGuest('pve1', 'qemu', 100);
    simulator.faults.dropNextAnswer('DELETE', /tasks/);
    expect(await failureOf(proxmox.api.nodes.$('pve1').tasks.$(upid).$delete())).toMatchObject({
      code: 'connection',
      mayHaveArrived: true,
    });
    expect(seen(simulator, 'DELETE')).toBe(1);
  });

  it('cannot have arrived where nobody listens', async () => {
    const { proxmox, simulator } = await simulated();
    await simulator.close();
    expect(await failureOf(proxmox.startGuest('pve1', 'qemu', 100))).toMatchObject({
      code: 'connection',
      mayHaveArrived: false,
    });
  });

  it('is not lost on a connection that the server gave up', async () => {
    const { proxmox, simulator } = await simulated([vm(100, { status: 'stopped' })]);
    await proxmox.startGuest('pve1', 'qemu', 100);
    await proxmox.version();
    simulator.faults.disconnectAll();
    expect(await proxmox.startGuest('pve1', 'qemu', 100)).toContain(':qmstart:100:');
    expect(await proxmox.version()).toBe('9.1');
  });
});
