import { afterEach, describe, expect, it } from 'vitest';
import { type Asker, closeSimulators, simulate } from './ask.ts';
import { create, ct, key, operate, vm } from './cluster.ts';

afterEach(closeSimulators);

const path = '/nodes/pve1/qemu/104/config';

async function get(pve: Asker, of = path, params = {}): Promise<Record<string, unknown>> {
  return Object(await pve.get(of, params));
}

describe("a guest's configuration", () => {
  it('says who it is, stated or not, and always the same', async () => {
    const stated = {
      smbios1: 'uuid=3b1e5a4c-0000-4000-8000-00000000000a',
      net0: 'virtio=BC:24:11:00:00:01,bridge=lan',
    };
    const pve = await simulate([vm(104), vm(105), ct(200), vm(106, stated)]);
    const first = await get(pve);
    expect(first).toMatchObject({
      smbios1: expect.stringMatching(/^uuid=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      net0: expect.stringMatching(/^virtio=BC:24:11:[0-9A-F:]{8},bridge=vmbr0/),
      scsi0: 'local-lvm:vm-104-disk-0,size=32G',
    });
    expect(await get(await simulate([vm(104)]))).toEqual(first);
    const other = await get(pve, '/nodes/pve1/qemu/105/config');
    expect([other.smbios1, other.net0]).not.toContain(first.smbios1);
    expect(other.net0).not.toBe(first.net0);
    expect(await get(pve, '/nodes/pve1/qemu/106/config')).toMatchObject(stated);
    const container = await get(pve, '/nodes/pve1/lxc/200/config');
    expect(container).toMatchObject({ net0: expect.stringMatching(/^name=eth0,.*hwaddr=BC:24:11:/) });
    expect(container).not.toHaveProperty('smbios1');
  });

  it('changes at once, and is refused to whoever had read another one', async () => {
    const pve = await simulate([vm(104, { status: 'stopped' })]);
    const { digest } = await get(pve);
    expect(await pve.send('PUT', path, { description: 'a b&c\nd', digest: String(digest) })).toMatchObject({
      status: 200,
      body: { data: null },
    });
    expect(await get(pve)).toMatchObject({ description: 'a b&c\nd' });
    expect(await pve.refused('PUT', path, { name: 'other', digest: String(digest) })).toBe(
      '500 detected modified configuration - file changed by other user? Try again.',
    );
    const change = { name: 'web', cores: 3, memory: '4096', onboot: 1, tags: 'web;x', protection: 1 };
    await pve.send('PUT', path, change);
    expect(await get(pve)).toMatchObject(change);
    expect(pve.simulator.guest(104)).toMatchObject({ name: 'web', cores: 3, memoryMiB: 4096, onboot: true });
    await pve.send('PUT', path, { delete: 'description,tags,onboot' });
    for (const gone of ['description', 'tags', 'onboot']) expect(await get(pve)).not.toHaveProperty(gone);
  });

  it('of a VM that runs is taken over in part at its next start', async () => {
    const pve = await simulate([vm(104, { cores: 1 })]);
    await pve.send('PUT', path, { cores: 4, description: 'now' });
    expect(await get(pve, path, { current: 1 })).toMatchObject({ cores: 1, description: 'now' });
    expect(await get(pve)).toMatchObject({ cores: 4 });
    await pve.actAndWait('/nodes/pve1/qemu/104/status/stop');
    await pve.actAndWait('/nodes/pve1/qemu/104/status/start');
    expect(await get(pve, path, { current: 1 })).toMatchObject({ cores: 4 });
  });

  it('of a container changes while it runs', async () => {
    const pve = await simulate([ct(200)]);
    const of = '/nodes/pve1/lxc/200/config';
    await pve.send('PUT', of, { cores: 4, memory: 1024, hostname: 'web' });
    expect(await get(pve, of, { current: 1 })).toMatchObject({ cores: 4, memory: 1024, hostname: 'web' });
    expect(await pve.refused('PUT', of, { name: 'web' })).toContain('property is not defined in schema');
  });

  it('changes in a task by POST', async () => {
    const pve = await simulate([vm(104, { status: 'stopped' })]);
    const upid = await pve.act(path, { description: 'later' });
    expect(upid).toContain(':qmconfig:104:');
    expect(await pve.ended(upid)).toBe('OK');
    expect(await get(pve)).toMatchObject({ description: 'later' });
    pve.simulator.guest(104).lock = 'backup';
    expect(await pve.actAndWait(path, { description: 'never' })).toBe('VM is locked (backup)');
  });

  it('is locked by a task, a lock, and a missing right', async () => {
    const pve = await simulate([
      vm(104, { hangsOnShutdown: true }),
      vm(105, { lock: 'backup' }),
      vm(106, { pool: 'people' }),
    ]);
    await pve.act('/nodes/pve1/qemu/104/status/shutdown', { timeout: 6000 });
    expect(await pve.refused('PUT', path, { onboot: 1 })).toBe(
      "500 can't lock file '/var/lock/qemu-server/lock-104.conf' - got timeout",
    );
    expect(await pve.refused('PUT', '/nodes/pve1/qemu/105/config', { onboot: 1 })).toBe(
      '500 VM is locked (backup)',
    );
    const maker = pve.as(create);
    const token = pve.simulator.state.tokens.find(({ id }) => id === create.id);
    const granted = token?.privileges[0];
    if (granted) granted.privs = granted.privs.filter((priv) => priv !== 'VM.Config.Options');
    const of = '/nodes/pve1/qemu/106/config';
    expect(await maker.refused('PUT', of, { onboot: 1 })).toBe(
      '403 Permission check failed (/vms/106, VM.Config.Options)',
    );
    expect((await maker.send('PUT', of, { cores: 1 })).status).toBe(200);
    expect(await pve.as(operate).refused('PUT', path, { onboot: 1 })).toMatch(
      /^403 Permission check failed \(\/vms\/104, VM.Config.Disk\|.*\|VM.Config.Cloudinit\)$/,
    );
  });
});

describe('cloud-init', () => {
  it('takes keys in the encoding of encodeURIComponent, and nothing else', async () => {
    const pve = await simulate([vm(104, { status: 'stopped' })]);
    const encoded = encodeURIComponent(`${key}\n${key}`);
    expect((await pve.send('PUT', path, { sshkeys: encoded, ciuser: 'debian' })).status).toBe(200);
    expect(await get(pve)).toMatchObject({ sshkeys: encoded, ciuser: 'debian' });
    const complaint = /^400 .*sshkeys.*invalid urlencoded string/;
    expect(await pve.refused('PUT', path, { sshkeys: key })).toMatch(complaint);
    expect(await pve.refused('PUT', path, { sshkeys: encoded.replaceAll('%20', '+') })).toMatch(complaint);
  });

  it.each([
    ['a word', 'no key'],
    ['a key that is cut short', key.slice(0, 30)],
    ['a key of another type than it says', key.replace('ssh-ed25519', 'ssh-rsa')],
  ])('refuses %s', async (_what, line) => {
    const pve = await simulate([vm(104, { status: 'stopped' })]);
    expect(await pve.refused('PUT', path, { sshkeys: encodeURIComponent(`${key}\n${line}`) })).toBe(
      '500 SSH public key validation error',
    );
  });

  it.each(['ip=dhcp', 'ip=dhcp,ip6=auto', 'ip=10.0.0.5/24,gw=10.0.0.1', 'ip6=2001:db8::5/64'])(
    'takes ipconfig0 %s',
    async (ipconfig0) => {
      const pve = await simulate([vm(104, { status: 'stopped' })]);
      expect((await pve.send('PUT', path, { ipconfig0 })).status).toBe(200);
    },
  );

  it.each(['dhcp', 'ip=10.0.0.5', 'ip=dhcp;ip6=auto', 'address=dhcp'])(
    'refuses ipconfig0 %s',
    async (ipconfig0) => {
      const pve = await simulate([vm(104, { status: 'stopped' })]);
      expect(await pve.refused('PUT', path, { ipconfig0 })).toContain('format error');
    },
  );

  it('refuses what is no setting, too long, or no name', async () => {
    const pve = await simulate([vm(104, { status: 'stopped' })]);
    expect(await pve.refused('PUT', path, { intent: 'x' })).toContain('property is not defined in schema');
    expect(await pve.refused('PUT', path, { description: 'x'.repeat(8193) })).toContain(
      'value may only be 8192 characters long',
    );
    expect(await pve.refused('PUT', path, { name: 'a_b' })).toContain('valid DNS name');
    expect(await pve.refused('PUT', path, { memory: 'much' })).toContain('format error');
    expect(await pve.refused('PUT', path, { tags: '-x' })).toContain('valid tag');
    expect(await pve.refused('PUT', path)).toBe('500 no options specified');
  });
});

describe('a disk', () => {
  const resize = '/nodes/pve1/qemu/104/resize';
  const onlyLvm = (totalGib: number) => (state: { storages?: unknown }) => {
    state.storages = [{ id: 'local-lvm', type: 'lvmthin', content: ['images'], totalGib }];
  };

  it('grows, to a size or by one, and never shrinks', async () => {
    const pve = await simulate([vm(104), ct(200)]);
    const size = () => pve.simulator.guest(104).disks?.[0]?.gib;
    expect(await pve.doAndWait('PUT', resize, { disk: 'scsi0', size: '40G' })).toBe('OK');
    expect(size()).toBe(40);
    expect(await pve.doAndWait('PUT', resize, { disk: 'scsi0', size: '+512M' })).toBe('OK');
    expect(size()).toBe(40.5);
    expect(await pve.doAndWait('PUT', resize, { disk: 'scsi0', size: '32G' })).toBe(
      'shrinking disks is not supported',
    );
    expect(await pve.doAndWait('PUT', resize, { disk: 'scsi1', size: '40G' })).toBe(
      "disk 'scsi1' does not exist",
    );
    expect(await pve.refused('PUT', resize, { disk: 'cd0', size: 'big' })).toMatch(/^400 .*size.*disk/);
    const container = '/nodes/pve1/lxc/200/resize';
    expect(await pve.doAndWait('PUT', container, { disk: 'rootfs', size: '33G' })).toBe('OK');
    expect(await pve.refused('PUT', container, { disk: 'rootfs', size: '8G' })).toBe(
      '500 unable to shrink disk size',
    );
    expect(await pve.get('/cluster/resources', { type: 'vm' })).toMatchObject([
      { vmid: 104, maxdisk: 40.5 * 2 ** 30 },
      { vmid: 200, maxdisk: 33 * 2 ** 30 },
    ]);
  });

  it('does not outgrow its storage', async () => {
    const disks = [{ key: 'scsi0', storage: 'local-lvm', gib: 32 }];
    const pve = await simulate([vm(104, { disks })], { change: onlyLvm(50) });
    expect(await pve.doAndWait('PUT', resize, { disk: 'scsi0', size: '51G' })).toContain('out of space');
    expect(await pve.doAndWait('PUT', resize, { disk: 'scsi0', size: '50G' })).toBe('OK');
  });
});
