import { afterEach, describe, expect, it } from 'vitest';
import { type Asker, closeSimulators, simulate } from './ask.ts';
import { create, ct, operate, vm } from './cluster.ts';

afterEach(closeSimulators);

/** Longer than any test: its agent answers, or it has its address, once the test sets 0. */
const never = 1_000_000;
const agent = '/nodes/pve1/qemu/100/agent/network-get-interfaces';
const interfaces = '/nodes/pve1/lxc/200/interfaces';

interface Row {
  name: string;
  'hardware-address': string;
  'ip-addresses': { 'ip-address': string }[];
}

const addressesOf = (rows: Row[], name: string) =>
  rows.find((row) => row.name === name)?.['ip-addresses'].map((one) => one['ip-address']);

async function asked(pve: Asker, path: string): Promise<Row[]> {
  const data = Object(await pve.get(path));
  return path === agent ? data.result : data;
}

describe('the addresses of a guest', () => {
  it('are told by its agent, once that runs', async () => {
    const pve = await simulate([vm(100, { agent: true, status: 'stopped', agentSeconds: never })]);
    expect(await pve.refused('GET', agent)).toBe('500 VM 100 is not running');
    await pve.actAndWait('/nodes/pve1/qemu/100/status/start');
    expect(await pve.refused('GET', agent)).toBe('500 QEMU guest agent is not running');
    pve.simulator.guest(100).agentSeconds = 0;
    const rows = await asked(pve, agent);
    expect(rows.map(({ name }) => name)).toEqual(['lo', 'ens18', 'docker0']);
    const { net0 } = Object(await pve.get('/nodes/pve1/qemu/100/config'));
    const mac = rows[1]?.['hardware-address'] ?? '';
    expect(String(net0).toLowerCase()).toContain(mac);
    expect(addressesOf(rows, 'ens18')).toEqual([
      expect.stringMatching(/^fe80::be24:11ff:fe/),
      '10.20.0.100',
      '2001:db8::64',
    ]);
    expect(addressesOf(rows, 'docker0')).toEqual(['172.17.0.1']);
  });

  it('are not told without an agent, by a paused VM, or to whom may not ask', async () => {
    const pve = await simulate([vm(100)]);
    expect(await pve.refused('GET', agent)).toBe('500 No QEMU guest agent configured');
    Object.assign(pve.simulator.guest(100), { agent: true, paused: true });
    expect(await pve.refused('GET', agent)).toBe('500 QEMU guest agent is not running');
    expect(await pve.as(operate).refused('GET', agent)).toBe(
      '403 Permission check failed (/vms/100, VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted)',
    );
  });

  it('are there at once after a migration, and as they are stated', async () => {
    const pve = await simulate([vm(100, { agent: true, addresses: ['192.0.2.7'], agentSeconds: 1000 })]);
    await pve.ended(pve.simulator.migrate(100, 'pve2'));
    const data = Object(await pve.get(agent.replace('pve1', 'pve2')));
    expect(addressesOf(data.result, 'ens18')).toEqual([expect.stringMatching(/^fe80/), '192.0.2.7']);
    pve.simulator.guest(100).addresses = [];
    const none = Object(await pve.get(agent.replace('pve1', 'pve2')));
    expect(addressesOf(none.result, 'ens18')).toEqual([expect.stringMatching(/^fe80/)]);
  });

  it('of a container are there when it has booted, and none while it is off', async () => {
    const pve = await simulate([ct(200, { status: 'stopped', agentSeconds: never })]);
    expect(await pve.get(interfaces)).toBeNull();
    await pve.actAndWait('/nodes/pve1/lxc/200/status/start');
    expect(addressesOf(await asked(pve, interfaces), 'eth0')).toEqual([expect.stringMatching(/^fe80/)]);
    pve.simulator.guest(200).agentSeconds = 0;
    expect(addressesOf(await asked(pve, interfaces), 'eth0')).toContain('10.20.0.200');
    const row = (await asked(pve, interfaces)).find(({ name }) => name === 'eth0');
    expect(row).toMatchObject({ inet: '10.20.0.200/24', inet6: '2001:db8::c8/64' });
  });
});

describe('storages', () => {
  it('are listed to who may use or see them, with what is used', async () => {
    const disks = [{ key: 'scsi0', storage: 'nas', gib: 100 }];
    const pve = await simulate([vm(100, { disks }), vm(101, { disks, node: 'pve2' })], {
      change: (state) => {
        state.storages = [
          { id: 'local', type: 'dir', content: ['vztmpl', 'iso'], totalGib: 90, templates: ['a.tar.gz'] },
          { id: 'nas', type: 'nfs', content: ['images'], totalGib: 1000, usedGib: 50, shared: true },
          { id: 'fast', type: 'zfspool', content: ['images'], totalGib: 10, nodes: ['pve2'] },
          { id: 'gone', type: 'nfs', content: ['images'], totalGib: 10, away: true },
        ];
      },
    });
    const listed = Object(await pve.get('/nodes/pve1/storage')) as { storage: string; used: number }[];
    expect(listed.map(({ storage }) => storage)).toEqual(['local', 'nas', 'gone']);
    expect(listed[1]).toMatchObject({ used: 250 * 2 ** 30, total: 1000 * 2 ** 30, shared: 1, active: 1 });
    expect(listed[2]).toMatchObject({ used: 0, total: 0, active: 0, enabled: 1 });
    expect(await pve.get('/nodes/pve1/storage', { content: 'vztmpl' })).toMatchObject([{ storage: 'local' }]);
    expect(await pve.as(create).get('/nodes/pve2/storage')).toMatchObject([{ storage: 'local' }]);
    expect(await pve.as(operate).get('/nodes/pve1/storage')).toEqual([]);
    expect(await pve.refused('GET', '/nodes/pve1/storage/fast/status')).toBe(
      "500 storage 'fast' is not available on node 'pve1'",
    );
  });

  it('hold OS templates and disks', async () => {
    const pve = await simulate([vm(100), ct(200)]);
    const content = (storage: string, params = {}) =>
      pve.get(`/nodes/pve1/storage/${storage}/content`, params);
    expect(await content('local', { content: 'vztmpl' })).toMatchObject([
      { volid: 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst', format: 'tzst' },
    ]);
    expect(await content('local-lvm', { vmid: 200 })).toMatchObject([
      { volid: 'local-lvm:vm-200-disk-0', vmid: 200, content: 'rootdir', size: 32 * 2 ** 30 },
    ]);
    expect(await pve.as(operate).refused('GET', '/nodes/pve1/storage/local/content')).toContain('403');
  });
});

describe('nodes', () => {
  it('say how much memory they have and use', async () => {
    const pve = await simulate([], {
      change: ({ nodes }) => Object.assign(nodes[0] ?? {}, { memoryGib: 32, memoryUsedGib: 30 }),
    });
    expect(await pve.get('/nodes')).toMatchObject([
      { node: 'pve1', mem: 30 * 2 ** 30, maxmem: 32 * 2 ** 30 },
      { node: 'pve2', mem: 12 * 2 ** 30, maxmem: 64 * 2 ** 30 },
    ]);
  });
});

describe('a pool', () => {
  it('takes in guests and lets them go', async () => {
    const pve = await simulate([vm(100), vm(101, { pool: 'people' })]);
    const change = (more: Record<string, string | number>) =>
      pve.refused('PUT', '/pools', { poolid: 'core', ...more });
    const failed = '500 update pools failed: VM';
    expect(await change({ vms: '100' })).toBe(`${failed} 100 is already a pool member`);
    expect(await change({ vms: '101' })).toBe(
      `${failed} 101 belongs already to pool 'people' and 'allow-move' is not set`,
    );
    expect(await change({ vms: '999' })).toBe(`${failed} 999 does not exist`);
    expect(await change({ vms: '101', delete: 1 })).toBe(`${failed} 101 is not a pool member`);
    // The first could be moved, the second not: neither is.
    expect(await change({ vms: '101,100', 'allow-move': 1 })).toBe(`${failed} 100 is already a pool member`);
    expect(pve.simulator.guest(101).pool).toBe('people');
    expect(await change({ vms: '101', 'allow-move': 1 })).toBe('200 OK');
    expect(pve.simulator.guest(101).pool).toBe('core');
    expect(await change({ vms: '100,101', delete: 1 })).toBe('200 OK');
    expect(pve.simulator.guest(100)).not.toHaveProperty('pool');
    expect(await pve.refused('PUT', '/pools', { poolid: 'nope', vms: '100' })).toBe(
      "500 pool 'nope' does not exist",
    );
  });

  it('is changed only by who may change the pool, the guest, and the pool it leaves', async () => {
    const pve = await simulate([vm(100), vm(101, { pool: 'people' })]);
    const change = (poolid: string, vms: string) =>
      pve.as(create).refused('PUT', '/pools', { poolid, vms, 'allow-move': 1 });
    expect(await change('core', '101')).toBe('403 Permission check failed (/pool/core, Pool.Allocate)');
    expect(await change('people', '100')).toBe(
      '403 Permission check failed (/vms/100, Permissions.Modify|VM.Allocate)',
    );
    const token = pve.simulator.state.tokens.find(({ id }) => id === create.id);
    token?.privileges.push({ path: '/vms/100', privs: ['VM.Allocate'] });
    expect(await change('people', '100')).toBe('403 Permission check failed (/pool/core, Pool.Allocate)');
  });
});
