import type { Proxmox } from 'proxmox-api';
import { type GuestType, guestApi, pathOf } from './guest-path.ts';
import { parseProperties, sizeGib } from './property-string.ts';
import { Row } from './row.ts';

/** A disk of a guest; CD drives, and so cloud-init's, are none. */
interface GuestDisk {
  /** `scsi0`, `rootfs`, `mp1`…, and `unused0` for one that is no longer attached. */
  key: string;
  storage: string;
  /** Absent where the configuration does not say it, as of `unused` ones. */
  sizeGib?: number;
}

/** A guest's configuration, as far as it is read. */
export interface GuestConfig {
  /** What to hand to a change, which is then refused if somebody else made one meanwhile. */
  digest: string;
  name?: string;
  description?: string;
  /** Its node starts it when it boots. */
  onboot: boolean;
  /** QEMU only: the guest agent is enabled; whether it runs inside the guest is another matter. */
  agent?: boolean;
  /** QEMU only, in lower case; kept by restore, rollback and migration, new in a clone. */
  smbiosUuid?: string;
  /** Of net0, in lower case. */
  mac?: string;
  /** Cores of all sockets; absent in a container that may use every core. */
  cores?: number;
  memoryMib: number;
  /** `backup`, `clone`, `migrate`… */
  lock?: string;
  template: boolean;
  /** It cannot be destroyed, nor its disks removed. */
  protection: boolean;
  tags: string[];
  disks: GuestDisk[];
  /** QEMU only: it has a drive of cloud-init's, without which keys do not get into what is cloned of it. Absent: it has none. */
  cloudInit?: true;
}

/** `agent` is a property string whose default key is `enabled`: `1`, `enabled=1,type=isa`; left out is off. */
export function isAgentEnabled(text = ''): boolean {
  return text.split(',').some((part) => /^(enabled=)?(1|on|yes|true)$/i.test(part.trim()));
}

/** The MAC of a network device: `virtio=MAC,…`, `model=virtio,macaddr=MAC,…`, and `hwaddr=MAC` of a container. */
export function macOf(net: string): string | undefined {
  const found = [...parseProperties(net, 'model').values()].find((value) =>
    /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value),
  );
  return found?.toLowerCase();
}

/** The uuid in `smbios1`; the only field there that `base64=1` does not encode. */
export function uuidOf(smbios1: string): string | undefined {
  return parseProperties(smbios1).get('uuid')?.toLowerCase();
}

const diskKey: Readonly<Record<GuestType, RegExp>> = {
  qemu: /^(?:ide|sata|scsi|virtio|efidisk|tpmstate|unused)\d+$/,
  lxc: /^(?:rootfs|(?:mp|unused)\d+)$/,
};

function diskOf(key: string, text: string): GuestDisk | undefined {
  const properties = parseProperties(text, 'volume');
  const volume = properties.get('volume') ?? properties.get('file') ?? '';
  const storage = /^([^:/]+):/.exec(volume)?.[1];
  // `none`, a device of the node, or a folder of it that a container mounts.
  if (storage === undefined || properties.get('media') === 'cdrom') return undefined;
  const size = sizeGib(properties.get('size') ?? '');
  return { key, storage, ...(size !== undefined && { sizeGib: size }) };
}

function disksOf(row: Row, type: GuestType): GuestDisk[] {
  const keys = row.names().filter((name) => diskKey[type].test(name));
  return keys.flatMap((key) => diskOf(key, row.text(key)) ?? []).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Its volume ends in `-cloudinit`, whatever it stands on; before the first start it may be just `STORAGE:cloudinit`. */
function hasCloudInit(row: Row): boolean {
  const drives = row.names().filter((name) => diskKey.qemu.test(name));
  return drives.some((name) => /^[^,]*[:-]cloudinit(\.\w+)?(,|$)/.test(row.text(name)));
}

function sizeOf(row: Row, type: GuestType): Pick<GuestConfig, 'cores' | 'memoryMib'> {
  const cores = row.optionalNumber('cores');
  if (type === 'lxc') {
    const memoryMib = row.optionalNumber('memory') ?? 512;
    return { memoryMib, ...(cores !== undefined && { cores }) };
  }
  const memory = parseProperties(row.optionalText('memory') ?? '512', 'current');
  return {
    cores: (cores ?? 1) * (row.optionalNumber('sockets') ?? 1),
    memoryMib: Number(memory.get('current') ?? 512),
  };
}

function identityOf(row: Row, type: GuestType): Pick<GuestConfig, 'smbiosUuid' | 'mac'> {
  const mac = macOf(row.optionalText('net0') ?? '');
  const smbiosUuid = type === 'qemu' ? uuidOf(row.optionalText('smbios1') ?? '') : undefined;
  return { ...(smbiosUuid !== undefined && { smbiosUuid }), ...(mac !== undefined && { mac }) };
}

/** Reads the answer of `GET …/config`. */
export function configOf(row: Row, type: GuestType): GuestConfig {
  const [name, description, lock] = [
    row.optionalText(type === 'qemu' ? 'name' : 'hostname'),
    row.optionalText('description'),
    row.optionalText('lock'),
  ];
  return {
    digest: row.text('digest'),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    onboot: row.flag('onboot'),
    ...(type === 'qemu' && { agent: isAgentEnabled(row.optionalText('agent')) }),
    ...identityOf(row, type),
    ...sizeOf(row, type),
    ...(lock !== undefined && { lock }),
    template: row.flag('template'),
    protection: row.flag('protection'),
    tags: (row.optionalText('tags') ?? '').split(/[;, ]+/).filter((tag) => tag !== ''),
    disks: disksOf(row, type),
    ...(type === 'qemu' && hasCloudInit(row) && { cloudInit: true }),
  };
}

/**
 * A guest's configuration as it holds for the running guest: changes that are pending until its next start are left
 * out. Needs VM.Audit. Throws `not-found` when it is not on this node.
 */
export async function guestConfig(
  api: Proxmox.Api,
  node: string,
  type: GuestType,
  vmid: number,
): Promise<GuestConfig> {
  const answer: unknown = await guestApi(api, node, type, vmid).config.$get({ current: true });
  return configOf(new Row(`GET ${pathOf(node, type, vmid)}/config`, answer), type);
}
