import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { ct, operate, vm } from './cluster.ts';

afterEach(closeSimulators);

const qemu = (vmid: number, action: string) => `/nodes/pve1/qemu/${vmid}/status/${action}`;
const lxc = (vmid: number, action: string) => `/nodes/pve1/lxc/${vmid}/status/${action}`;

describe('a VM', () => {
  it('shuts down in its own time, in a task with a real UPID', async () => {
    const pve = (await simulate([vm(100, { shutdownSeconds: 300 })])).as(operate);
    const upid = await pve.act(qemu(100, 'shutdown'), { timeout: 900 });
    expect(upid).toMatch(
      /^UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:qmshutdown:100:huismeester@pve!operate:$/,
    );
    const status = `/nodes/pve1/tasks/${encodeURIComponent(upid)}/status`;
    expect(await pve.get(status)).toMatchObject({
      status: 'running',
      user: 'huismeester@pve',
      tokenid: 'operate',
    });
    expect(pve.simulator.guest(100).status).toBe('running');
    await waitFor('the VM to be off', () => pve.simulator.guest(100).status === 'stopped');
    await waitFor('the task to end', () => pve.simulator.tasks()[0]?.exitstatus);
    expect(await pve.get(status)).toMatchObject({ status: 'stopped', exitstatus: 'OK' });
    expect(await pve.get(qemu(100, 'current'))).toMatchObject({
      status: 'stopped',
      qmpstatus: 'stopped',
      uptime: 0,
    });
  });

  it('that does not listen fails the task after 60 s, or after the time-out', async () => {
    const pve = await simulate([vm(100, { hangsOnShutdown: true })], { speed: 400 });
    const timedOut = 'VM quit/powerdown failed - got timeout';
    expect(await pve.actAndWait(qemu(100, 'shutdown'))).toBe(timedOut);
    expect(await pve.actAndWait(qemu(100, 'shutdown'), { timeout: 2 })).toBe(timedOut);
    expect(pve.simulator.guest(100).status).toBe('running');
    expect(await pve.actAndWait(qemu(100, 'shutdown'), { timeout: 2, forceStop: 1 })).toBe('OK');
    expect(pve.simulator.guest(100).status).toBe('stopped');
  });

  it('that is slower than the time-out still goes down, after its task failed', async () => {
    const pve = await simulate([vm(100, { shutdownSeconds: 300 })]);
    expect(await pve.actAndWait(qemu(100, 'shutdown'), { timeout: 3 })).toMatch(/got timeout$/);
    expect(pve.simulator.guest(100).status).toBe('running');
    await waitFor('the VM to be off', () => pve.simulator.guest(100).status === 'stopped');
  });

  it('holds its config lock: others give up after 10 s, or overrule', async () => {
    const pve = await simulate([vm(100, { hangsOnShutdown: true })]);
    await pve.act(qemu(100, 'shutdown'), { timeout: 500 });
    expect(await pve.actAndWait(qemu(100, 'stop'))).toBe(
      "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout",
    );
    expect(await pve.actAndWait(qemu(100, 'stop'), { 'overrule-shutdown': 1 })).toBe('OK');
    expect(pve.simulator.guest(100).status).toBe('stopped');
    expect(pve.simulator.tasks().at(-1)?.exitstatus).toBe('received interrupt');
  });

  it('that is locked says so in the task; stopping what is stopped is fine, locked or not', async () => {
    const pve = await simulate([
      vm(100, { lock: 'backup' }),
      vm(101, { status: 'stopped', lock: 'migrate' }),
    ]);
    expect(await pve.actAndWait(qemu(100, 'shutdown'))).toBe('VM is locked (backup)');
    expect(await pve.actAndWait(qemu(101, 'start'))).toBe('VM is locked (migrate)');
    expect(await pve.actAndWait(qemu(101, 'stop'))).toBe('OK');
    expect(await pve.actAndWait(qemu(101, 'shutdown'))).toBe('OK');
  });

  it('that is paused is refused at once, and stopped when forced', async () => {
    const pve = await simulate([vm(100)]);
    expect(await pve.actAndWait(qemu(100, 'suspend'))).toBe('OK');
    expect(await pve.get(qemu(100, 'current'))).toMatchObject({ status: 'running', qmpstatus: 'paused' });
    expect(await pve.get('/cluster/resources', { type: 'vm' })).toMatchObject([{ status: 'paused' }]);
    expect(await pve.send('POST', qemu(100, 'shutdown'))).toMatchObject({
      status: 500,
      reason: 'VM is paused - cannot shutdown',
    });
    expect(await pve.actAndWait(qemu(100, 'resume'))).toBe('OK');
    await pve.actAndWait(qemu(100, 'suspend'));
    expect(await pve.actAndWait(qemu(100, 'shutdown'), { forceStop: 1 })).toBe('OK');
    expect(pve.simulator.guest(100).status).toBe('stopped');
  });

  it('starts, with warnings or errors, and not twice', async () => {
    const pve = await simulate([
      vm(100, { status: 'stopped', startWarnings: 2 }),
      vm(101, { status: 'stopped', failsToStart: 'start failed: QEMU exited with code 1' }),
      vm(102, { status: 'stopped', template: true }),
    ]);
    expect(await pve.actAndWait(qemu(100, 'start'))).toBe('WARNINGS: 2');
    expect(await pve.actAndWait(qemu(100, 'start'))).toBe('VM 100 already running');
    expect(await pve.actAndWait(qemu(101, 'start'))).toBe('start failed: QEMU exited with code 1');
    expect(await pve.actAndWait(qemu(102, 'start'))).toBe("you can't start a vm if it's a template");
  });

  it('that does not exist fails in the task', async () => {
    const pve = await simulate([]);
    expect(await pve.actAndWait(qemu(999, 'shutdown'))).toBe(
      "unable to find configuration file for VM 999 on node 'pve1'",
    );
    expect(await pve.actAndWait(qemu(999, 'start'))).toBe(
      "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist",
    );
  });

  it('reboots: its start is a task of root', async () => {
    const pve = await simulate([vm(100)]);
    expect(await pve.actAndWait(qemu(100, 'reboot'))).toBe('OK');
    await waitFor('the VM to run', () => pve.simulator.guest(100).status === 'running');
    expect(pve.simulator.tasks()[0]).toMatchObject({ type: 'qmstart', user: 'root@pam' });
  });

  it('suspends to disk and comes back', async () => {
    const pve = await simulate([vm(100)]);
    expect(await pve.actAndWait(qemu(100, 'suspend'), { todisk: 1 })).toBe('OK');
    expect(await pve.get(qemu(100, 'current'))).toMatchObject({ status: 'stopped', lock: 'suspended' });
    expect(await pve.actAndWait(qemu(100, 'start'))).toBe('OK');
    expect(pve.simulator.guest(100)).toMatchObject({ status: 'running' });
    expect(pve.simulator.guest(100)).not.toHaveProperty('lock');
  });

  it('does not start without quorum', async () => {
    const pve = await simulate([vm(100, { status: 'stopped' })]);
    pve.simulator.state.quorate = false;
    expect(await pve.send('POST', qemu(100, 'start'))).toMatchObject({
      status: 500,
      reason: 'cluster not ready - no quorum?',
    });
  });
});

describe('a container', () => {
  it('is refused at once where a VM fails in the task', async () => {
    const pve = await simulate([ct(200), ct(201, { status: 'stopped' })]);
    const reason = async (path: string) => (await pve.send('POST', path)).reason;
    expect(await reason(lxc(201, 'stop'))).toBe('CT 201 not running');
    expect(await reason(lxc(201, 'shutdown'))).toBe('CT 201 not running');
    expect(await reason(lxc(201, 'reboot'))).toBe('VM 201 not running');
    expect(await reason(lxc(999, 'shutdown'))).toBe('CT 999 not running');
    expect(await reason(lxc(200, 'start'))).toBe('CT 200 already running');
  });

  it('shuts down, starts, reboots, stops', async () => {
    const pve = await simulate([ct(200), ct(201, { hangsOnShutdown: true })]);
    expect(await pve.actAndWait(lxc(200, 'shutdown'))).toBe('OK');
    expect(await pve.actAndWait(lxc(200, 'start'))).toBe('OK');
    expect(await pve.actAndWait(lxc(200, 'reboot'))).toBe('OK');
    expect(await pve.actAndWait(lxc(200, 'suspend'))).toBe('OK');
    expect(await pve.actAndWait(lxc(200, 'resume'))).toBe('OK');
    expect(pve.simulator.guest(200).status).toBe('running');
    expect(await pve.actAndWait(lxc(201, 'shutdown'), { timeout: 2 })).toBe('container did not stop');
    expect(await pve.actAndWait(lxc(201, 'stop'))).toBe('OK');
    pve.simulator.guest(200).lock = 'backup';
    expect(await pve.actAndWait(lxc(200, 'stop'))).toBe('CT is locked (backup)');
  });
});

describe('a guest that HA manages', () => {
  it('is stopped and started later: the task is OK when it is queued', async () => {
    const managed = vm(100, { ha: { state: 'started' }, hangsOnShutdown: true });
    const pve = await simulate([managed], { durations: { haDelay: 300 } });
    const upid = await pve.act(qemu(100, 'shutdown'), { timeout: 2 });
    expect(upid).toContain(':hastop:100:');
    await waitFor('the queueing', () => pve.simulator.tasks().at(-1)?.exitstatus === 'OK');
    expect(pve.simulator.guest(100).status).toBe('running');
    expect(await pve.get(qemu(100, 'current'))).toMatchObject({ ha: { managed: 1, state: 'request_stop' } });
    await waitFor('the manager to kill it', () => pve.simulator.guest(100).ha?.state === 'stopped');
    expect(pve.simulator.guest(100).status).toBe('stopped');
    expect(pve.simulator.tasks()[0]).toMatchObject({ type: 'qmshutdown', user: 'root@pam' });
    expect(await pve.actAndWait(qemu(100, 'start'))).toBe('OK');
    await waitFor('the manager to start it', () => pve.simulator.guest(100).status === 'running');
  });

  it('does what was asked last', async () => {
    const pve = await simulate([vm(100, { ha: { state: 'started' } })], { durations: { haDelay: 300 } });
    await pve.act(qemu(100, 'stop'));
    await pve.act(qemu(100, 'start'));
    await waitFor('the manager to act', () => pve.simulator.guest(100).ha?.state === 'started');
    expect(pve.simulator.tasks().map((task) => task.type)).toEqual(['hastart', 'hastop']);
    expect(pve.simulator.guest(100).status).toBe('running');
  });
});

describe('a node without power', () => {
  it('keeps its guests looking alive, then unknown, and starts what is onboot when it comes back', async () => {
    const guests = [vm(100, { node: 'pve2', onboot: true }), vm(101, { node: 'pve2' })];
    const pve = await simulate(guests, { durations: { resourcesDelay: 0, staleAfter: 600 } });
    await pve.act('/nodes/pve2/qemu/101/status/shutdown');
    pve.simulator.setNodeOnline('pve2', false);
    expect(await pve.get('/cluster/resources', { type: 'vm' })).toMatchObject([
      { vmid: 100, status: 'running', name: 'vm100' },
      { vmid: 101, status: 'running' },
    ]);
    await waitFor('the last broadcast to be dropped', async () =>
      JSON.stringify(await pve.get('/cluster/resources', { type: 'vm' })).includes('unknown'),
    );
    const [row] = (await pve.get('/cluster/resources', { type: 'vm' })) as object[];
    expect(row).toEqual({
      id: 'qemu/100',
      vmid: 100,
      type: 'qemu',
      node: 'pve2',
      pool: 'core',
      status: 'unknown',
    });
    pve.simulator.setNodeOnline('pve2', true);
    await waitFor('the onboot guest to run', () => pve.simulator.guest(100).status === 'running');
    expect(pve.simulator.guest(101).status).toBe('stopped');
    expect(pve.simulator.tasks().find((task) => task.type === 'qmshutdown')?.exitstatus).toBe(
      'unexpected status',
    );
  });
});
