import { cloneQemu } from './clone.ts';
import { createLxc } from './create-lxc.ts';
import { destroy } from './destroy.ts';
import { agentInterfaces, containerInterfaces } from './interfaces.ts';
import { dnsName, flag, node, optionalNode, optionalText, text, vmid } from './parameters.ts';
import { type Call, numberOf, type Route, textOf } from './route.ts';
import { parametersOf } from './settings.ts';
import type { GuestState, GuestType } from './state.ts';
import { loadConfig } from './world.ts';

function load(call: Call, type: GuestType): GuestState {
  return loadConfig(call.world.state, textOf(call, 'node'), type, numberOf(call, 'vmid'));
}

const guest = { node, vmid };
const destroying = { path: '/vms/{vmid}', priv: 'VM.Allocate' };

/** Guests come and go, and tell where they are. */
export const creationRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/nodes/{node}/qemu/{vmid}/clone',
    proxied: true,
    parameters: {
      ...guest,
      newid: vmid,
      name: dnsName,
      description: optionalText,
      pool: optionalText,
      storage: optionalText,
      target: optionalNode,
      full: flag,
    },
    // VM.Allocate, on the new id or the pool, is looked for when the parameters are known.
    permission: { path: '/vms/{vmid}', priv: 'VM.Clone' },
    handle: cloneQemu,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/lxc',
    proxied: true,
    parameters: {
      ...guest,
      ...parametersOf('lxc'),
      ostemplate: { ...text, maxLength: 255 },
      pool: optionalText,
      storage: optionalText,
      rootfs: optionalText,
      features: optionalText,
      'ssh-public-keys': optionalText,
      unprivileged: flag,
      start: flag,
    },
    handle: createLxc,
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/qemu/{vmid}',
    proxied: true,
    parameters: { ...guest, purge: flag, 'destroy-unreferenced-disks': flag },
    permission: destroying,
    handle: (call) => destroy(call, 'qemu'),
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/lxc/{vmid}',
    proxied: true,
    parameters: { ...guest, purge: flag, force: flag, 'destroy-unreferenced-disks': flag },
    permission: destroying,
    handle: (call) => destroy(call, 'lxc'),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/qemu/{vmid}/agent/network-get-interfaces',
    proxied: true,
    parameters: guest,
    permission: { path: '/vms/{vmid}', priv: ['VM.GuestAgent.Audit', 'VM.GuestAgent.Unrestricted'] },
    handle: (call) => agentInterfaces(call.world, load(call, 'qemu')),
  },
  {
    method: 'GET',
    path: '/nodes/{node}/lxc/{vmid}/interfaces',
    proxied: true,
    parameters: guest,
    permission: { path: '/vms/{vmid}', priv: 'VM.Audit' },
    handle: (call) => containerInterfaces(call.world, load(call, 'lxc')),
  },
];
