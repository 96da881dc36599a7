import { count, dnsName, flag, optionalText, type Parameter } from './parameters.ts';
import type { GuestType } from './state.ts';

/*
 * What of a guest's configuration can be changed: PVE::API2::Qemu's and PVE::LXC's lists of who may change what, and
 * QEMU's of what a running machine takes over ($fast_plug_option; its default hotplug is network, disk and usb).
 */

export interface Setting {
  readonly parameter: Parameter;
  /** One of them on the guest, or on the pool that it is to be in. */
  readonly privs: readonly string[];
  /** A VM that runs takes it over at its next start. */
  readonly waits?: true;
}

const text = (maxLength: number): Parameter => ({ type: 'string', optional: true, maxLength });

const ipv4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const part = `ip=(?:dhcp|${ipv4}/\\d{1,2})|gw=${ipv4}|ip6=(?:auto|dhcp|[0-9a-fA-F:]+/\\d{1,3})|gw6=[0-9a-fA-F:]+`;
const ipconfig: Parameter = {
  type: 'string',
  optional: true,
  format: { test: new RegExp(`^(?:${part})(?:,(?:${part}))*$`), complaint: 'format error' },
};

/** The format `urlencoded` of PVE::JSONSchema: encodeURIComponent's alphabet, and so no blank and no `+`. */
const urlencoded: Parameter = {
  type: 'string',
  optional: true,
  format: { test: /^[-%a-zA-Z0-9_.!~*'()]*$/, complaint: 'invalid urlencoded string' },
};

const memory: Parameter = {
  type: 'string',
  optional: true,
  format: { test: /^(?:current=)?(?:1[6-9]|[2-9]\d|\d{3,})$/, complaint: 'format error' },
};

const tags: Parameter = {
  type: 'string',
  optional: true,
  format: {
    test: /^(?:[a-z0-9_][a-z0-9_\-+.]*)?(?:[;, ][a-z0-9_][a-z0-9_\-+.]*)*$/i,
    complaint: 'value does not look like a valid tag',
  },
};

const options = ['VM.Config.Options'];
const network = ['VM.Config.Network'];
const cloudInit = ['VM.Config.Cloudinit', 'VM.Config.Network'];
const cores = (maximum?: number): Parameter => ({
  type: 'integer',
  optional: true,
  minimum: 1,
  ...(maximum !== undefined && { maximum }),
});

const shared: Readonly<Record<string, Setting>> = {
  description: { parameter: text(8192), privs: options },
  onboot: { parameter: flag, privs: options },
  protection: { parameter: flag, privs: options },
  startup: { parameter: optionalText, privs: options },
  tags: { parameter: tags, privs: options },
};

export const settings: Readonly<Record<GuestType, Readonly<Record<string, Setting>>>> = {
  qemu: {
    ...shared,
    name: { parameter: dnsName, privs: options },
    agent: { parameter: optionalText, privs: options, waits: true },
    boot: { parameter: optionalText, privs: options, waits: true },
    cores: { parameter: cores(), privs: ['VM.Config.CPU'], waits: true },
    sockets: { parameter: cores(), privs: ['VM.Config.CPU'], waits: true },
    memory: { parameter: memory, privs: ['VM.Config.Memory'], waits: true },
    balloon: { parameter: count, privs: ['VM.Config.Memory'], waits: true },
    net0: { parameter: optionalText, privs: network },
    smbios1: { parameter: text(512), privs: ['VM.Config.HWType'], waits: true },
    ciuser: { parameter: optionalText, privs: cloudInit, waits: true },
    sshkeys: { parameter: urlencoded, privs: cloudInit, waits: true },
    ipconfig0: { parameter: ipconfig, privs: cloudInit, waits: true },
    nameserver: { parameter: optionalText, privs: cloudInit, waits: true },
    searchdomain: { parameter: optionalText, privs: cloudInit, waits: true },
  },
  lxc: {
    ...shared,
    hostname: { parameter: { ...dnsName, maxLength: 255 }, privs: network },
    cores: { parameter: cores(8192), privs: ['VM.Config.CPU'] },
    memory: { parameter: { type: 'integer', optional: true, minimum: 16 }, privs: ['VM.Config.Memory'] },
    swap: { parameter: count, privs: ['VM.Config.Memory'] },
    net0: { parameter: optionalText, privs: network },
    nameserver: { parameter: optionalText, privs: network },
    searchdomain: { parameter: optionalText, privs: network },
  },
};

/** The parameters of a change. */
export function parametersOf(type: GuestType): Readonly<Record<string, Parameter>> {
  return Object.fromEntries(Object.entries(settings[type]).map(([name, { parameter }]) => [name, parameter]));
}

/** Every privilege that some setting asks for: with none of them nothing can be changed. */
export const changing: Readonly<Record<GuestType, readonly string[]>> = {
  qemu: [
    'VM.Config.Disk',
    'VM.Config.CDROM',
    'VM.Config.CPU',
    'VM.Config.Memory',
    'VM.Config.Network',
    'VM.Config.HWType',
    'VM.Config.Options',
    'VM.Config.Cloudinit',
  ],
  lxc: ['VM.Config.Disk', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Network', 'VM.Config.Options'],
};
