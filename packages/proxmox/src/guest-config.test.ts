import { expect, test } from 'vitest';
import { configOf, isAgentEnabled, macOf, uuidOf } from './guest-config.ts';
import { Row } from './row.ts';

test.each<[string | undefined, boolean]>([
  [undefined, false],
  ['0', false],
  ['1', true],
  ['enabled=1,fstrim_cloned_disks=1', true],
  ['type=isa,enabled=1', true],
  ['enabled=0,freeze-fs=1', false],
])('the agent setting %s', (text, enabled) => {
  expect(isAgentEnabled(text)).toBe(enabled);
});

test.each<[string, string | undefined]>([
  ['virtio=BC:24:11:AA:BB:01,bridge=vmbr0,firewall=1', 'bc:24:11:aa:bb:01'],
  ['model=e1000,macaddr=bc:24:11:aa:bb:02,bridge=vmbr0', 'bc:24:11:aa:bb:02'],
  ['name=eth0,bridge=vmbr0,hwaddr=BC:24:11:AA:BB:03,ip=dhcp,type=veth', 'bc:24:11:aa:bb:03'],
  ['virtio,bridge=vmbr0', undefined],
  ['', undefined],
])('the MAC of %s', (net, mac) => {
  expect(macOf(net)).toBe(mac);
});

test.each<[string, string | undefined]>([
  ['uuid=3B1E5A4C-0000-4000-8000-00000000000A', '3b1e5a4c-0000-4000-8000-00000000000a'],
  [
    'base64=1,manufacturer=SHM=,uuid=3b1e5a4c-0000-4000-8000-00000000000a',
    '3b1e5a4c-0000-4000-8000-00000000000a',
  ],
  ['manufacturer=HP', undefined],
  ['', undefined],
])('the uuid of %s', (smbios1, uuid) => {
  expect(uuidOf(smbios1)).toBe(uuid);
});

test('a configuration of QEMU, in every way that Proxmox writes it', () => {
  const row = new Row('GET x', {
    digest: 'd1',
    cores: 2,
    sockets: '2',
    memory: 'current=4096',
    template: 1,
    tags: 'web;core',
    ide2: 'none,media=cdrom',
    ide0: 'local-lvm:vm-104-cloudinit,media=cdrom',
    scsi0: 'local-lvm:vm-104-disk-0,discard=on,size=32G',
    virtio1: 'file=nas:104/vm-104-disk-1.qcow2,size=528M',
    sata0: '/dev/disk/by-id/ata-X,size=1T',
    unused0: 'local-lvm:vm-104-disk-9',
    scsihw: 'virtio-scsi-single',
  });
  expect(configOf(row, 'qemu')).toEqual({
    digest: 'd1',
    onboot: false,
    agent: false,
    cores: 4,
    memoryMib: 4096,
    template: true,
    protection: false,
    tags: ['web', 'core'],
    disks: [
      { key: 'scsi0', storage: 'local-lvm', sizeGib: 32 },
      { key: 'unused0', storage: 'local-lvm' },
      { key: 'virtio1', storage: 'nas', sizeGib: 528 / 1024 },
    ],
    cloudInit: true,
  });
});

test("a container's configuration, with Proxmox's defaults", () => {
  const row = new Row('GET x', {
    digest: 'd2',
    hostname: 'web',
    description: 'a\nb',
    onboot: 1,
    protection: 1,
    lock: 'backup',
    rootfs: 'local-lvm:vm-200-disk-0,size=8G',
    mp0: '/srv/photos,mp=/photos',
    mp1: 'nas:subvol-200-disk-1,mp=/data,size=1T',
    net0: 'name=eth0,hwaddr=BC:24:11:00:00:01',
  });
  expect(configOf(row, 'lxc')).toEqual({
    digest: 'd2',
    name: 'web',
    description: 'a\nb',
    onboot: true,
    mac: 'bc:24:11:00:00:01',
    memoryMib: 512,
    lock: 'backup',
    template: false,
    protection: true,
    tags: [],
    disks: [
      { key: 'mp1', storage: 'nas', sizeGib: 1024 },
      { key: 'rootfs', storage: 'local-lvm', sizeGib: 8 },
    ],
  });
});
