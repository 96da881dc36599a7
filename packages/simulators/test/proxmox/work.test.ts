import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type Asker, closeSimulators, simulate } from './ask.ts';
import { ct, vm } from './cluster.ts';

afterEach(closeSimulators);

const end = ({ simulator }: Asker, upid: string) =>
  waitFor(`the end of ${upid}`, () => simulator.tasks().find((task) => task.upid === upid)?.exitstatus);
const types = ({ simulator }: Asker) => simulator.tasks().map(({ type, node }) => `${node} ${type}`);

describe('a backup', () => {
  it('locks the guest, which goes on running', async () => {
    const pve = await simulate([vm(100)]);
    const upid = pve.simulator.backup(100, { user: 'jan@pam' });
    expect(upid).toContain(':vzdump:100:jan@pam:');
    expect(pve.simulator.guest(100)).toMatchObject({ lock: 'backup', status: 'running' });
    expect(await pve.actAndWait('/nodes/pve1/qemu/100/status/shutdown')).toBe('VM is locked (backup)');
    expect(await end(pve, upid)).toBe('OK');
    expect(pve.simulator.guest(100)).not.toHaveProperty('lock');
  });

  it('of a job names no guest; a VM that is off is in prelaunch meanwhile', async () => {
    const pve = await simulate([vm(100, { status: 'stopped' })]);
    const upid = pve.simulator.backup(100, { job: true });
    expect(upid).toContain(':vzdump::root@pam:');
    expect(await pve.get('/nodes/pve1/qemu/100/status/current')).toMatchObject({
      status: 'running',
      qmpstatus: 'paused',
      lock: 'backup',
    });
    await end(pve, upid);
    expect(pve.simulator.guest(100)).toMatchObject({ status: 'stopped' });
  });

  it('in stop mode shuts a guest down and starts it again', async () => {
    const pve = await simulate([vm(100), ct(200)]);
    const upids = [100, 200].map((vmid) => pve.simulator.backup(vmid, { mode: 'stop' }));
    for (const upid of upids) expect(await end(pve, upid)).toBe('OK');
    expect([100, 200].map((vmid) => pve.simulator.guest(vmid).status)).toEqual(['running', 'running']);
    expect(types(pve).toSorted()).toEqual(
      ['qmshutdown', 'qmstart', 'vzdump', 'vzdump', 'vzshutdown', 'vzstart'].map((type) => `pve1 ${type}`),
    );
  });

  it('that loses its node leaves its lock behind', async () => {
    const pve = await simulate([vm(100, { node: 'pve2' })]);
    pve.simulator.backup(100);
    pve.simulator.setNodeOnline('pve2', false);
    expect(pve.simulator.guest(100)).toMatchObject({ lock: 'backup', status: 'stopped' });
  });
});

describe('a rollback', () => {
  it('leaves the guest off, or starts it when asked', async () => {
    const pve = await simulate([vm(100), vm(101)]);
    const [off, on] = [pve.simulator.rollback(100), pve.simulator.rollback(101, { start: true })];
    expect(pve.simulator.guest(100).lock).toBe('rollback');
    for (const upid of [off, on]) expect(await end(pve, upid)).toBe('OK');
    expect(pve.simulator.guest(100)).toMatchObject({ status: 'stopped' });
    expect(pve.simulator.guest(101)).toMatchObject({ status: 'running' });
  });
});

describe('a migration', () => {
  it('locks the guest, moves it, and its process is a new one', async () => {
    const pve = await simulate([vm(100, { startedAt: 1 }), vm(101, { status: 'stopped' }), ct(200)]);
    const upids = [100, 101, 200].map((vmid) => pve.simulator.migrate(vmid, 'pve2'));
    expect(pve.simulator.guest(100).lock).toBe('migrate');
    for (const upid of upids) expect(await end(pve, upid)).toBe('OK');
    const found = [100, 101, 200].map((vmid) => pve.simulator.guest(vmid));
    expect(found.map(({ node, status }) => `${node} ${status}`)).toEqual([
      'pve2 running',
      'pve2 stopped',
      'pve2 running',
    ]);
    expect(found[0]?.startedAt).toBeGreaterThan(1);
    expect(types(pve)).toContain('pve2 qmstart');
    expect(types(pve)).toContain('pve1 vzshutdown');
  });

  it('of a locked guest, or to where it is, fails in its task', async () => {
    const pve = await simulate([vm(100, { lock: 'backup' }), vm(101)]);
    expect(await end(pve, pve.simulator.migrate(100, 'pve2'))).toBe('VM is locked (backup)');
    expect(await end(pve, pve.simulator.migrate(101, 'pve1'))).toBe('target is local node.');
  });

  it('of a guest under HA is queued, and done by its manager', async () => {
    const pve = await simulate([vm(100, { ha: { state: 'started' } })]);
    expect(pve.simulator.migrate(100, 'pve2', { user: 'jan@pam' })).toContain(':hamigrate:100:jan@pam:');
    await waitFor('the move', () => pve.simulator.guest(100).node === 'pve2');
    expect(types(pve).toReversed().slice(0, 2)).toEqual(['pve1 hamigrate', 'pve1 qmigrate']);
  });
});
