import { changeConfig, changeConfigInTask } from './change.ts';
import { shownConfig } from './guest-config.ts';
import { flag, node, optionalText, type Parameter, vmid } from './parameters.ts';
import { resize } from './resize.ts';
import { type Call, flagOf, numberOf, type Route, textOf } from './route.ts';
import { changing, parametersOf } from './settings.ts';
import type { GuestState, GuestType } from './state.ts';
import { loadConfig } from './world.ts';

function load(call: Call, type: GuestType): GuestState {
  return loadConfig(call.world.state, textOf(call, 'node'), type, numberOf(call, 'vmid'));
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

const disks: Readonly<Record<GuestType, readonly string[]>> = {
  qemu: [
    ...numbered('ide', 4),
    ...numbered('scsi', 31),
    ...numbered('virtio', 16),
    ...numbered('sata', 6),
    'efidisk0',
    'tpmstate0',
  ],
  lxc: ['rootfs', ...numbered('mp', 256)],
};

const digest: Parameter = { type: 'string', optional: true, maxLength: 40 };
const size: Parameter = {
  type: 'string',
  format: { test: /^\+?\d+(\.\d+)?[KMGT]?$/, complaint: 'value does not match the regex pattern' },
};

function configRoutes(type: GuestType): Route[] {
  const path = `/nodes/{node}/${type}/{vmid}`;
  const guest = { node, vmid };
  const change = { ...guest, ...parametersOf(type), delete: optionalText, digest };
  const permission = { path: '/vms/{vmid}', priv: changing[type] };
  return [
    {
      method: 'GET',
      path: `${path}/config`,
      proxied: true,
      parameters: { ...guest, current: flag, snapshot: optionalText },
      permission: { path: '/vms/{vmid}', priv: 'VM.Audit' },
      handle: (call) => shownConfig(load(call, type), flagOf(call, 'current')),
    },
    {
      method: 'PUT',
      path: `${path}/config`,
      proxied: true,
      parameters: change,
      permission,
      handle: (call) => changeConfig(call, type),
    },
    {
      method: 'PUT',
      path: `${path}/resize`,
      proxied: true,
      parameters: { ...guest, digest, size, disk: { type: 'string', enum: disks[type] } },
      permission: { path: '/vms/{vmid}', priv: type === 'qemu' ? 'VM.Config.Disk' : ['VM.Config.Disk'] },
      handle: (call) => resize(call, type),
    },
    ...(type === 'qemu'
      ? [
          {
            method: 'POST',
            path: `${path}/config`,
            proxied: true,
            parameters: change,
            permission,
            handle: changeConfigInTask,
          } as const,
        ]
      : []),
  ];
}

export const configurationRoutes: readonly Route[] = [...configRoutes('qemu'), ...configRoutes('lxc')];
