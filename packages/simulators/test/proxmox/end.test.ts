import { afterEach, describe, expect, it } from 'vitest';
import { closeSimulators, simulate } from './ask.ts';
import { ct, operate, template, vm } from './cluster.ts';

afterEach(closeSimulators);

const vmids = (pve: Awaited<ReturnType<typeof simulate>>) =>
  pve.simulator.state.guests.map(({ vmid }) => vmid);

describe('a guest is destroyed', () => {
  it('when it is off: its disks and what was granted on it go too, and every DELETE is counted', async () => {
    const disks = [{ key: 'scsi0', storage: 'local-lvm', gib: 10 }];
    const pve = await simulate([vm(104, { status: 'stopped', disks }), ct(200, { status: 'stopped' })], {
      change: (state) => state.tokens[0]?.privileges.push({ path: '/vms/104', privs: ['VM.Audit'] }),
    });
    expect(pve.simulator.deletes).toBe(0);
    expect(await pve.doAndWait('DELETE', '/nodes/pve1/qemu/104')).toBe('OK');
    expect(await pve.doAndWait('DELETE', '/nodes/pve1/lxc/200')).toBe('OK');
    expect(vmids(pve)).toEqual([]);
    expect(pve.simulator.tasks().map(({ type }) => type)).toEqual(['vzdestroy', 'qmdestroy']);
    expect(Object(await pve.get('/nodes/pve1/storage/local-lvm/status')).used).toBe(0);
    expect(JSON.stringify(pve.simulator.state.tokens)).not.toContain('/vms/104');
    expect(pve.simulator.deletes).toBe(2);
  });

  it('not while it runs, is protected, locked, under HA, or leaned upon', async () => {
    const pve = await simulate([
      template(),
      vm(100),
      vm(101, { status: 'stopped', config: { protection: 1 } }),
      vm(102, { status: 'stopped', lock: 'backup' }),
      vm(103, { status: 'stopped', ha: { state: 'stopped' } }),
      ct(200),
      ct(201, { status: 'stopped', config: { protection: 1 } }),
      ct(202, { status: 'stopped', lock: 'backup' }),
    ]);
    await pve.actAndWait('/nodes/pve1/qemu/9000/clone', { newid: 110 });
    const before = vmids(pve);
    const refused = (guest: string) => pve.refused('DELETE', `/nodes/pve1/${guest}`);
    expect(await refused('qemu/100')).toBe('500 VM 100 is running - destroy failed');
    expect(await refused('qemu/101')).toBe("500 can't remove VM 101 - protection mode enabled");
    expect(await pve.doAndWait('DELETE', '/nodes/pve1/qemu/102')).toBe('VM is locked (backup)');
    expect(await refused('qemu/103')).toBe(
      '500 unable to remove VM 103 - used in HA resources and purge parameter not set.',
    );
    expect(await refused('lxc/200')).toBe('500 unable to destroy CT 200 - container is running');
    expect(await refused('lxc/201')).toBe("500 can't remove CT 201 - protection mode enabled");
    expect(await refused('lxc/202')).toBe('500 CT is locked (backup)');
    expect(await refused('qemu/999')).toMatch(/^500 Configuration file .* does not exist/);
    expect(await pve.doAndWait('DELETE', '/nodes/pve1/qemu/9000')).toContain('still in use by linked cloned');
    expect(await pve.as(operate).refused('DELETE', '/nodes/pve1/qemu/100')).toBe(
      '403 Permission check failed (/vms/100, VM.Allocate)',
    );
    expect(vmids(pve)).toEqual(before);
    expect(pve.simulator.deletes).toBe(10);
  });
});

describe('another guest under the same vmid', () => {
  it('is somebody else, and the tasks say what happened', async () => {
    const pve = await simulate([vm(104, { config: { description: 'intent' }, tags: ['x'] }), ct(200)]);
    const of = async () => Object(await pve.get('/nodes/pve1/qemu/104/config'));
    const before = await of();
    pve.simulator.replace(104, { status: 'running' }, 'jan@pam');
    const after = await of();
    expect(after.smbios1).not.toBe(before.smbios1);
    expect(after.net0).not.toBe(before.net0);
    expect(after).not.toHaveProperty('description');
    expect(pve.simulator.guest(104)).toMatchObject({ status: 'running', pool: 'core', name: 'new104' });
    const tasks = pve.simulator.tasks().toReversed();
    expect(tasks.map(({ type, user }) => `${type} ${user}`)).toEqual([
      'qmdestroy jan@pam',
      'qmcreate jan@pam',
      'qmstart jan@pam',
    ]);
    expect(pve.simulator.replace(200, { type: 'qemu', node: 'pve2' })).toMatchObject({
      vmid: 200,
      type: 'qemu',
      node: 'pve2',
      status: 'stopped',
    });
    expect(pve.simulator.tasks().map(({ type, node }) => `${node} ${type}`)).toContain('pve1 vzdestroy');
    expect(pve.simulator.deletes).toBe(0);
  });

  it('while restore, rollback and migration leave it who it is', async () => {
    const pve = await simulate([vm(104)]);
    const who = async (node: string) => {
      const { smbios1, net0 } = Object(await pve.get(`/nodes/${node}/qemu/104/config`));
      return { smbios1, net0 };
    };
    const before = await who('pve1');
    await pve.ended(pve.simulator.rollback(104));
    expect(await pve.ended(pve.simulator.restore(104))).toBe('OK');
    await pve.ended(pve.simulator.migrate(104, 'pve2'));
    expect(await who('pve2')).toEqual(before);
    expect(await pve.ended(pve.simulator.restore(104, { unique: true, start: true }))).toBe('OK');
    const after = await who('pve2');
    expect(after.smbios1).not.toBe(before.smbios1);
    expect(after.net0).not.toBe(before.net0);
    expect(await pve.ended(pve.simulator.restore(104))).toContain('vm is running');
    expect(pve.simulator.tasks().map(({ type }) => type)).toContain('qmrestore');
  });
});
