import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, failureOf, simulated, vm } from './simulated.ts';

afterEach(closeAll);

const quickly = { pollMs: 20 };

describe('waiting for a task', () => {
  it('ends with OK, with warnings, or with an error', async () => {
    const { proxmox } = await simulated([
      vm(100),
      vm(101, { status: 'stopped', startWarnings: 2 }),
      vm(102, { lock: 'backup' }),
    ]);
    const stopped = await proxmox.shutdownGuest('pve1', 'qemu', 100);
    expect(await proxmox.waitForTask('pve1', stopped, quickly)).toEqual({
      exitstatus: 'OK',
      ok: true,
      warnings: 0,
    });
    const started = await proxmox.startGuest('pve1', 'qemu', 101);
    expect(await proxmox.waitForTask('pve1', started, quickly)).toEqual({
      exitstatus: 'WARNINGS: 2',
      ok: true,
      warnings: 2,
    });
    const locked = await proxmox.shutdownGuest('pve1', 'qemu', 102);
    expect(await proxmox.waitForTask('pve1', locked, quickly)).toEqual({
      exitstatus: 'VM is locked (backup)',
      ok: false,
      warnings: 0,
    });
  });

  it('ends when it takes too long; the task goes on', async () => {
    const { proxmox, simulator } = await simulated([vm(100, { hangsOnShutdown: true })]);
    const upid = await proxmox.shutdownGuest('pve1', 'qemu', 100, { timeoutS: 9000 });
    const error = await failureOf(proxmox.waitForTask('pve1', upid, { ...quickly, timeoutMs: 300 }));
    expect(error).toMatchObject({
      name: 'ProxmoxError',
      code: 'timeout',
      reason: 'its end was not seen within 300 ms',
      mayHaveArrived: true,
    });
    expect(simulator.tasks()[0]?.endtime).toBeUndefined();
  });

  it('ends when it is told to, with the reason, between looks and during one', async () => {
    const { proxmox, simulator } = await simulated([vm(100, { hangsOnShutdown: true })]);
    const upid = await proxmox.shutdownGuest('pve1', 'qemu', 100, { timeoutS: 9000 });
    const enough = new Error('we are closing');
    const between = new AbortController();
    const waiting = failureOf(proxmox.waitForTask('pve1', upid, { pollMs: 60_000, signal: between.signal }));
    await expect
      .poll(() =>
        simulator.requests.some((request) => request.status === 200 && request.path.endsWith('/status')),
      )
      .toBe(true);
    between.abort(enough);
    expect(await waiting).toBe(enough);

    const during = new AbortController();
    simulator.faults.delay('GET', /status$/, 30_000);
    const looking = failureOf(proxmox.waitForTask('pve1', upid, { ...quickly, signal: during.signal }));
    const before = simulator.requests.length;
    await expect.poll(() => simulator.requests.length).toBeGreaterThan(before);
    during.abort(enough);
    expect(await looking).toBe(enough);
    expect(await failureOf(proxmox.waitForTask('pve1', upid, { signal: during.signal }))).toBe(enough);
  });

  it('bears a connection that fails, but not a task that is gone', async () => {
    const { proxmox, simulator } = await simulated([vm(100, { shutdownSeconds: 30 })]);
    const upid = await proxmox.shutdownGuest('pve1', 'qemu', 100);
    // More than one look may fail, retries included.
    for (let time = 0; time < 4; time += 1) simulator.faults.refuse('GET', /status$/);
    expect(await proxmox.waitForTask('pve1', upid, quickly)).toMatchObject({ ok: true });
    const gone = upid.replace(/:[0-9A-F]{8}:qmshutdown/, ':00000001:qmshutdown');
    expect(await failureOf(proxmox.waitForTask('pve1', gone, quickly))).toMatchObject({ code: 'not-found' });
  });

  it('ends badly when its node loses power', async () => {
    const { proxmox, simulator } = await simulated([vm(100, { node: 'pve2', hangsOnShutdown: true })]);
    const upid = await proxmox.shutdownGuest('pve2', 'qemu', 100, { timeoutS: 9000 });
    simulator.setNodeOnline('pve2', false);
    expect(await failureOf(proxmox.waitForTask('pve2', upid, quickly))).toMatchObject({
      code: 'node-offline',
    });
    simulator.setNodeOnline('pve2', true);
    expect(await proxmox.waitForTask('pve2', upid, quickly)).toMatchObject({
      ok: false,
      exitstatus: 'unexpected status',
    });
  });
});
