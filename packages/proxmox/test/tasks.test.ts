import { afterEach, expect, it } from 'vitest';
import { succeeded } from '../src/index.ts';
import { closeAll, ended, failureOf, simulated, vm } from './simulated.ts';

afterEach(closeAll);

it('a task ends with OK, with warnings, or with an error', async () => {
  const { proxmox } = await simulated([
    vm(100),
    vm(101, { status: 'stopped', startWarnings: 2 }),
    vm(102, { lock: 'backup' }),
  ]);
  const endOf = async (upid: string) => {
    const task = await ended(proxmox, 'pve1', upid);
    return [task.exitstatus, succeeded(task)];
  };
  expect(await endOf(await proxmox.shutdownGuest('pve1', 'qemu', 100))).toEqual(['OK', true]);
  expect(await endOf(await proxmox.startGuest('pve1', 'qemu', 101))).toEqual(['WARNINGS: 2', true]);
  const locked = await proxmox.shutdownGuest('pve1', 'qemu', 102);
  expect(await endOf(locked)).toEqual(['VM is locked (backup)', false]);
});

it('a task ends badly when its node loses power', async () => {
  const { proxmox, simulator } = await simulated([vm(100, { node: 'pve2', hangsOnShutdown: true })]);
  const upid = await proxmox.shutdownGuest('pve2', 'qemu', 100, { timeoutS: 9000 });
  simulator.setNodeOnline('pve2', false);
  expect(await failureOf(proxmox.taskStatus('pve2', upid))).toMatchObject({ code: 'node-offline' });
  simulator.setNodeOnline('pve2', true);
  const task = await ended(proxmox, 'pve2', upid);
  expect([task.exitstatus, succeeded(task)]).toEqual(['unexpected status', false]);
});

it.each(['', 'WARNINGS: many', 'OK!'])('a task that ended with "%s" did not succeed', (exitstatus) => {
  expect(succeeded({ status: 'stopped', exitstatus })).toBe(false);
});
