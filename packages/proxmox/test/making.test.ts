import type { GuestState } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { afterEach, expect, it } from 'vitest';
import type { Proxmox } from '../src/index.ts';
import { auditor, closeAll, ended, failureOf, type Simulated, simulated, vm } from './simulated.ts';

afterEach(closeAll);

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHxu2pWbhGfR1lHsDaqUjqsNLMa3P2HdiPn+YFv0pY1b jan@home';
const ostemplate = 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst';

function template(more: Partial<GuestState> = {}): GuestState {
  return vm(9000, {
    name: 'debian-13',
    status: 'stopped',
    template: true,
    agent: true,
    tags: ['template'],
    onboot: true,
    config: { description: 'the template' },
    ...more,
  });
}

async function done(proxmox: Proxmox, upid: string): Promise<void> {
  expect(await ended(proxmox, 'pve1', upid)).toMatchObject({ exitstatus: 'OK' });
}

async function cloned({ maker }: Simulated, more = {}): Promise<void> {
  const order = { newid: 104, name: 'web', pool: 'people', description: 'intent: a1b2', ...more };
  await done(maker, await maker.cloneGuest('pve1', 9000, order));
}

const container = {
  vmid: 200,
  hostname: 'web',
  ostemplate,
  pool: 'people',
  description: 'intent: c3d4',
  cores: 1,
  memoryMib: 512,
  storage: 'local-lvm',
  diskGib: 8,
  bridge: 'vmbr0',
  sshKeys: [key, key],
  unprivileged: true,
};

it('clones a template, sets its keys and size, starts it and finds its address', async () => {
  const space = await simulated([template({ agentSeconds: 1_000_000 })]);
  const { maker, simulator } = space;
  await cloned(space);
  const made = await maker.guestConfig('pve1', 'qemu', 104);
  const source = await maker.guestConfig('pve1', 'qemu', 9000);
  expect(made).toMatchObject({
    name: 'web',
    description: 'intent: a1b2',
    template: false,
    tags: ['template'],
  });
  expect(made).not.toHaveProperty('lock');
  expect(made.smbiosUuid).not.toBe(source.smbiosUuid);
  expect(made.mac).not.toBe(source.mac);

  await maker.setConfig(
    'pve1',
    'qemu',
    104,
    { cores: 2, memory: 4096, onboot: false, ciuser: 'debian', sshkeys: [key, key], ipconfig0: 'ip=dhcp' },
    made.digest,
  );
  expect(decodeURIComponent(String(simulator.guest(104).config?.sshkeys))).toBe(`${key}\n${key}`);
  await done(maker, await maker.resizeDisk('pve1', 'qemu', 104, 'scsi0', 40));
  expect(await maker.guestConfig('pve1', 'qemu', 104)).toMatchObject({
    cores: 2,
    memoryMib: 4096,
    onboot: false,
    disks: [{ key: 'scsi0', storage: 'local-lvm', sizeGib: 40 }],
  });

  await done(maker, await maker.startGuest('pve1', 'qemu', 104));
  expect(await failureOf(maker.agentInterfaces('pve1', 104))).toMatchObject({
    code: 'domain',
    reason: 'QEMU guest agent is not running',
  });
  simulator.guest(104).agentSeconds = 0;
  const interfaces = await maker.agentInterfaces('pve1', 104);
  expect(interfaces.map(({ name }) => name)).toEqual(['lo', 'ens18', 'docker0']);
  expect(interfaces.find(({ mac }) => mac === made.mac)?.addresses).toEqual([
    expect.stringMatching(/^fe80::/),
    '10.20.0.104',
    '2001:db8::68',
  ]);
});

it('makes a full clone elsewhere in its storage', async () => {
  const space = await simulated([template({ disks: [{ key: 'scsi0', storage: 'local-lvm', gib: 10 }] })]);
  await cloned(space, { full: true, storage: 'local-lvm' });
  expect(space.simulator.guest(104).disks).toEqual([{ key: 'scsi0', storage: 'local-lvm', gib: 10 }]);
  const [request] = space.simulator.requests.filter(({ path }) => path.endsWith('/clone'));
  expect(request?.params).toMatchObject({ full: '1', storage: 'local-lvm', newid: '104' });
});

it('says why no clone is made', async () => {
  const { maker, proxmox } = await simulated([template(), vm(104), vm(105, { node: 'pve2' })]);
  const order = { name: 'web', pool: 'people' };
  expect(await failureOf(maker.cloneGuest('pve1', 9000, { ...order, newid: 104 }))).toMatchObject({
    code: 'domain',
    reason: 'unable to create VM 104: config file already exists',
    mayHaveArrived: false,
  });
  const elsewhere = await maker.cloneGuest('pve1', 9000, { ...order, newid: 105 });
  expect(await ended(maker, 'pve1', elsewhere)).toMatchObject({
    exitstatus: "VM 105 already exists on node 'pve2'",
  });
  expect(await failureOf(proxmox.cloneGuest('pve1', 9000, { ...order, newid: 106 }))).toMatchObject({
    code: 'forbidden',
    reason: 'Permission check failed (/vms/9000, VM.Clone)',
  });
  const wrong = maker.cloneGuest('pve1', 9000, { ...order, newid: 106, name: 'not a name' });
  expect(await failureOf(wrong)).toMatchObject({
    code: 'bad-parameter',
    fields: { name: expect.stringContaining('valid DNS name') },
  });
});

it('makes a container with its keys, and finds its address', async () => {
  const { maker, simulator } = await simulated([]);
  const upid = await maker.createContainer('pve1', container);
  expect(upid).toContain(':vzcreate:200:');
  await done(maker, upid);
  expect(simulator.requests.find(({ path }) => path.endsWith('/lxc'))?.params).toMatchObject({
    'ssh-public-keys': `${key}\n${key}`,
    net0: 'name=eth0,bridge=vmbr0,ip=dhcp,ip6=auto',
    features: 'nesting=1',
    unprivileged: '1',
  });
  const made = await maker.guestConfig('pve1', 'lxc', 200);
  expect(made).toMatchObject({
    name: 'web',
    description: 'intent: c3d4',
    cores: 1,
    memoryMib: 512,
    disks: [{ key: 'rootfs', storage: 'local-lvm', sizeGib: 8 }],
  });
  expect(await maker.containerInterfaces('pve1', 200)).toEqual([]);
  await done(maker, await maker.startGuest('pve1', 'lxc', 200));
  const eth0 = async () => (await maker.containerInterfaces('pve1', 200)).find(({ mac }) => mac === made.mac);
  await waitFor('its address', async () => (await eth0())?.addresses.includes('10.20.0.200'));
  await done(maker, await maker.resizeDisk('pve1', 'lxc', 200, 'rootfs', 10));
  const smaller = await failureOf(maker.resizeDisk('pve1', 'lxc', 200, 'rootfs', 9));
  expect(smaller).toMatchObject({ code: 'domain', reason: 'unable to shrink disk size' });
  const again = await failureOf(maker.createContainer('pve1', container));
  expect(again).toMatchObject({ code: 'domain', reason: "CT 200 already exists on node 'pve1'" });
});

it('changes nothing that somebody else changed meanwhile, and nothing that Proxmox refuses', async () => {
  const { maker, simulator } = await simulated([vm(104, { pool: 'people' })]);
  const set = (values: Parameters<Proxmox['setConfig']>[3], digest?: string) =>
    maker.setConfig('pve1', 'qemu', 104, values, digest);
  const { digest } = await maker.guestConfig('pve1', 'qemu', 104);
  await set({ description: 'first' }, digest);
  expect(await failureOf(set({ description: 'second' }, digest))).toMatchObject({
    code: 'domain',
    reason: 'detected modified configuration - file changed by other user? Try again.',
  });
  await set({ delete: ['description'] });
  expect(await maker.guestConfig('pve1', 'qemu', 104)).not.toHaveProperty('description');
  expect(await failureOf(set({ ipconfig0: '10.0.0.5' }))).toMatchObject({
    code: 'bad-parameter',
    fields: { ipconfig0: expect.any(String) },
  });
  expect(await failureOf(set({ hostname: 'web' }))).toMatchObject({
    fields: { hostname: expect.stringContaining('not defined in schema') },
  });
  simulator.guest(104).lock = 'backup';
  expect(await failureOf(set({ onboot: true }))).toMatchObject({
    code: 'locked',
    reason: 'VM is locked (backup)',
  });
});

it('destroys a guest that is off, and only that', async () => {
  const { maker, simulator } = await simulated([
    vm(104, { pool: 'people' }),
    vm(200, { type: 'lxc', pool: 'people', status: 'stopped' }),
  ]);
  const running = await failureOf(maker.destroyGuest('pve1', 'qemu', 104));
  expect(running).toMatchObject({ code: 'domain', reason: 'VM 104 is running - destroy failed' });
  await done(maker, await maker.destroyGuest('pve1', 'lxc', 200));
  expect(simulator.state.guests.map(({ vmid }) => vmid)).toEqual([104]);
  expect(simulator.deletes).toBe(2);
});

it('reboots', async () => {
  const { proxmox } = await simulated([vm(100)]);
  const upid = await proxmox.rebootGuest('pve1', 'qemu', 100);
  expect(upid).toContain(':qmreboot:100:');
  await done(proxmox, upid);
});

it('reads storages and OS templates, as far as the token may see them', async () => {
  const { maker, proxmox, simulator } = await simulated();
  simulator.state.storages = [
    {
      id: 'local',
      type: 'dir',
      content: ['vztmpl', 'iso'],
      totalGib: 100,
      usedGib: 10,
      templates: ['a.tar.zst'],
    },
    { id: 'nas', type: 'nfs', content: ['images'], totalGib: 1000, shared: true, away: true },
  ];
  expect(await maker.storages('pve1')).toEqual([
    {
      storage: 'local',
      content: ['iso', 'vztmpl'],
      shared: false,
      enabled: true,
      active: true,
      usedBytes: 10 * 2 ** 30,
      totalBytes: 100 * 2 ** 30,
    },
    { storage: 'nas', content: ['images'], shared: true, enabled: true, active: false },
  ]);
  expect(await maker.ostemplates('pve1', 'local')).toEqual([
    { volid: 'local:vztmpl/a.tar.zst', sizeBytes: 128 * 2 ** 20 },
  ]);
  expect(await proxmox.storages('pve1')).toEqual([]);
});

it('puts a guest into a pool, moves it and takes it out', async () => {
  const { client, maker, simulator } = await simulated([vm(100), vm(104, { pool: 'people' })]);
  expect(await failureOf(maker.setPoolMember('people', 100, 'add'))).toMatchObject({ code: 'forbidden' });
  simulator.state.tokens
    .find(({ id }) => id === auditor.id)
    ?.privileges[0]?.privs.push('Pool.Allocate', 'VM.Allocate');
  const promoter = client({ token: auditor });
  expect(await failureOf(promoter.setPoolMember('core', 104, 'add'))).toMatchObject({
    code: 'domain',
    reason: "update pools failed: VM 104 belongs already to pool 'people' and 'allow-move' is not set",
  });
  await promoter.setPoolMember('core', 104, 'add', { allowMove: true });
  expect(simulator.guest(104).pool).toBe('core');
  await promoter.setPoolMember('core', 104, 'remove');
  expect(simulator.guest(104)).not.toHaveProperty('pool');
});
