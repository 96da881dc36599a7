import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, it } from 'vitest';
import { auditor, closeAll, ended, failureOf, simulated, vm } from './simulated.ts';

afterEach(closeAll);

it('lists what the token may see, tidied up', async () => {
  const { proxmox, simulator } = await simulated([
    vm(100, { tags: ['web', 'core'], lock: 'backup', startedAt: Date.now() - 3_600_500 }),
    vm(101, { type: 'lxc', status: 'stopped', ha: { state: 'stopped' } }),
    vm(102, { paused: true }),
    vm(103, { template: true, status: 'stopped' }),
    vm(200, { pool: 'board' }),
  ]);
  const [web, ct, paused, template, ...more] = await proxmox.listResources();
  expect(more).toEqual([]);
  expect(web).toEqual({
    vmid: 100,
    type: 'qemu',
    node: 'pve1',
    name: 'vm100',
    status: 'running',
    pool: 'core',
    template: false,
    maxcpu: 2,
    maxmem: 2 * 2 ** 30,
    maxdisk: 32 * 2 ** 30,
    uptime: expect.closeTo(3600, -1),
  });
  expect(ct).toMatchObject({ type: 'lxc', status: 'stopped' });
  expect(paused).toMatchObject({ status: 'running' });
  expect(template).toMatchObject({ template: true });
  expect(simulator.requests[0]).toMatchObject({ params: { type: 'vm' } });
});

it('knows a guest of which nothing has been heard', async () => {
  const { proxmox, simulator } = await simulated([vm(100)]);
  simulator.state.guests.push(vm(101, { node: 'pve2' }));
  simulator.node('pve2').online = false;
  const unheard = (await proxmox.listResources()).find((guest) => guest.vmid === 101);
  expect(unheard).toEqual({
    vmid: 101,
    type: 'qemu',
    node: 'pve2',
    status: 'unknown',
    pool: 'core',
    template: false,
  });
});

it('looks at one guest', async () => {
  const { proxmox } = await simulated([
    vm(100, { paused: true, ha: { state: 'started' } }),
    vm(101, { type: 'lxc', lock: 'backup' }),
  ]);
  expect(await proxmox.guestStatus('pve1', 'qemu', 100)).toEqual({
    status: 'running',
    paused: true,
    ha: true,
    uptime: expect.any(Number),
  });
  expect(await proxmox.guestStatus('pve1', 'lxc', 101)).toEqual({
    status: 'running',
    paused: false,
    lock: 'backup',
    ha: false,
    uptime: expect.any(Number),
  });
});

it('reads nodes, quorum, pools and version', async () => {
  const { proxmox, client, simulator } = await simulated();
  simulator.setNodeOnline('pve2', false);
  simulator.state.quorate = false;
  const memory = { used: 12 * 2 ** 30, total: 64 * 2 ** 30 };
  expect(await proxmox.listNodes()).toEqual([
    { name: 'pve1', online: true, memory },
    { name: 'pve2', online: false },
  ]);
  expect(await client({ token: auditor }).clusterStatus()).toEqual({
    quorate: false,
    nodes: [
      { name: 'pve1', online: true, address: '192.0.2.1' },
      { name: 'pve2', online: false, address: '192.0.2.2' },
    ],
  });
  delete simulator.state.cluster;
  expect(await client({ token: auditor }).clusterStatus()).toMatchObject({ quorate: true });
  expect(await proxmox.listPools()).toEqual(['core']);
  expect(await proxmox.version()).toBe('9.1');
});

it('acts on guests and finds the tasks again, running and ended', async () => {
  const { proxmox } = await simulated([
    vm(100, { hangsOnShutdown: true }),
    vm(101, { type: 'lxc', status: 'stopped' }),
  ]);
  const since = new Date();
  const upid = await proxmox.shutdownGuest('pve1', 'qemu', 100, { timeoutS: 9000, forceStop: true });
  const task = {
    upid,
    type: 'qmshutdown',
    user: 'huismeester@pve!operate',
    // A UPID has it in hexadecimal.
    startedAt: new Date(Number.parseInt(upid.split(':')[4] ?? '', 16) * 1000),
  };
  expect(await proxmox.guestTasks('pve1', 100, { since })).toEqual([{ ...task, status: 'running' }]);
  expect(await proxmox.taskStatus('pve1', upid)).toMatchObject({ ...task, status: 'running' });
  await proxmox.api.nodes.$('pve1').tasks.$(upid).$delete();
  await ended(proxmox, 'pve1', upid);
  const tasks = await proxmox.guestTasks('pve1', 100, { source: 'archive' });
  expect(tasks).toMatchObject([{ ...task, status: 'stopped', exitstatus: 'received interrupt' }]);
  expect(tasks[0]?.endedAt?.getTime()).toBeGreaterThanOrEqual(task.startedAt.getTime());
  expect(await proxmox.guestTasks('pve1', 100, { since: new Date(Date.now() + 60_000) })).toEqual([]);

  const start = await proxmox.startGuest('pve1', 'lxc', 101);
  expect(start).toContain(':vzstart:101:');
});

it("reads a guest's configuration", async () => {
  const { proxmox } = await simulated([
    vm(100, {
      agent: true,
      onboot: true,
      smbios1: 'uuid=3B1E5A4C-0000-4000-8000-00000000000A',
      net0: 'virtio=BC:24:11:00:00:0A,bridge=vmbr0',
      disks: [{ key: 'scsi0', storage: 'local-lvm', gib: 20 }],
      config: { sockets: 2, description: 'what it is for', protection: 1 },
    }),
    vm(101, { lock: 'backup' }),
    vm(102, { type: 'lxc', onboot: true, tags: ['web'] }),
  ]);
  const config = (vmid: number, type: 'qemu' | 'lxc' = 'qemu') => proxmox.guestConfig('pve1', type, vmid);
  expect(await config(100)).toEqual({
    digest: expect.stringMatching(/^[0-9a-f]{40}$/),
    name: 'vm100',
    description: 'what it is for',
    onboot: true,
    agent: true,
    smbiosUuid: '3b1e5a4c-0000-4000-8000-00000000000a',
    mac: 'bc:24:11:00:00:0a',
    cores: 4,
    memoryMib: 2048,
    template: false,
    protection: true,
    tags: [],
    disks: [{ key: 'scsi0', storage: 'local-lvm', sizeGib: 20 }],
  });
  expect(await config(101)).toMatchObject({ onboot: false, agent: false, lock: 'backup' });
  const container = await config(102, 'lxc');
  expect(container).toMatchObject({ name: 'vm102', onboot: true, tags: ['web'], memoryMib: 2048 });
  expect(container).not.toHaveProperty('smbiosUuid');
  expect(container.mac).toMatch(/^bc:24:11:/);
  expect(await failureOf(proxmox.guestConfig('pve2', 'qemu', 100))).toMatchObject({ code: 'not-found' });
});

it('tells what its token may', async () => {
  const { proxmox } = await simulated();
  expect(await proxmox.permissions('/nodes/pve1')).toEqual(new Map([['/nodes/pve1', new Set()]]));
  expect((await proxmox.permissions()).get('/pool/core')).toEqual(
    new Set(['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit']),
  );
});

it('pulls a plug, and shuts a node down when it may', async () => {
  const { proxmox, client, simulator } = await simulated([vm(100, { hangsOnShutdown: true })]);
  const upid = await proxmox.stopGuest('pve1', 'qemu', 100);
  expect(upid).toContain(':qmstop:100:');
  expect(await ended(proxmox, 'pve1', upid)).toMatchObject({ exitstatus: 'OK' });
  expect(await failureOf(proxmox.shutdownNode('pve2'))).toMatchObject({
    code: 'forbidden',
    reason: 'Permission check failed (/nodes/pve2, Sys.PowerMgmt)',
    mayHaveArrived: false,
  });
  await client({ token: auditor }).shutdownNode('pve2');
  await waitFor('the end of the node', () => !simulator.node('pve2').online);
});

it('takes typed paths for everything else', async () => {
  const { proxmox } = await simulated();
  const config = await proxmox.api.nodes.$('pve1').qemu.$(100).config.$get({ current: true });
  expect(config).toMatchObject({ name: 'vm100', memory: '2048' });
});
