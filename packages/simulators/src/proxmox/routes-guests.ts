import { badParameter } from './api-error.ts';
import { currentStatus, guestRow } from './listing.ts';
import { count, flag, node, type Parameters, vmid } from './parameters.ts';
import { guestsWith } from './permissions.ts';
import type { PowerRequest, ShutdownOptions } from './power.ts';
import { rebootLxc, resumeLxc, shutdownLxc, startLxc, stopLxc, suspendLxc } from './power-lxc.ts';
import { rebootQemu, resumeQemu, shutdownQemu, startQemu, stopQemu, suspendQemu } from './power-qemu.ts';
import { type Call, flagOf, has, numberOf, type Route, textOf } from './route.ts';
import type { GuestState, GuestType } from './state.ts';
import { loadConfig } from './world.ts';

function requestOf(call: Call, type: GuestType): PowerRequest {
  const { world, token } = call;
  return { world, type, node: textOf(call, 'node'), vmid: numberOf(call, 'vmid'), user: token.id };
}

function shutdownOptions(call: Call): ShutdownOptions {
  const forceStop = flagOf(call, 'forceStop');
  return has(call, 'timeout') ? { forceStop, timeout: numberOf(call, 'timeout') } : { forceStop };
}

/** Options that the real one keeps for root@pam, which no token is. */
function refuseRootOnly(call: Call): void {
  for (const name of ['skiplock', 'keepActive', 'nocheck'])
    if (flagOf(call, name)) throw badParameter({ [name]: 'Only root may use this option.' });
}

function list(call: Call, type: GuestType): unknown[] {
  const { world, token } = call;
  const there = world.state.guests.filter(
    (guest) => guest.type === type && guest.node === textOf(call, 'node'),
  );
  return guestsWith(world.state, token, there, 'VM.Audit').map((guest) => guestRow(world, guest));
}

function load(call: Call, type: GuestType): GuestState {
  return loadConfig(call.world.state, textOf(call, 'node'), type, numberOf(call, 'vmid'));
}

const guest = { node, vmid };

function reading(type: GuestType): Route[] {
  const path = `/nodes/{node}/${type}`;
  const audit = { path: '/vms/{vmid}', priv: 'VM.Audit' };
  const read = { method: 'GET', proxied: true } as const;
  return [
    {
      ...read,
      path,
      parameters: type === 'qemu' ? { node, full: flag } : { node },
      handle: (call) => list(call, type),
    },
    {
      ...read,
      path: `${path}/{vmid}/status/current`,
      parameters: guest,
      permission: audit,
      handle: (call) => currentStatus(call.world, load(call, type)),
    },
  ];
}

type Act = (request: PowerRequest, call: Call) => string;

function acting(type: GuestType, action: string, parameters: Parameters, act: Act): Route {
  return {
    method: 'POST',
    path: `/nodes/{node}/${type}/{vmid}/status/${action}`,
    proxied: true,
    parameters: { ...guest, ...parameters },
    permission: { path: '/vms/{vmid}', priv: 'VM.PowerMgmt' },
    handle(call) {
      refuseRootOnly(call);
      return act(requestOf(call, type), call);
    },
  };
}

const rootOnly = { skiplock: flag };
const timeout = { timeout: count };
const forceStop = { forceStop: flag };
const overrule = { 'overrule-shutdown': flag };
const overruled = (call: Call): boolean => flagOf(call, 'overrule-shutdown');
const keep = { keepActive: flag };

export const guestRoutes: readonly Route[] = [
  ...reading('qemu'),
  acting('qemu', 'start', { ...rootOnly, ...timeout }, startQemu),
  acting('qemu', 'stop', { ...rootOnly, ...timeout, ...keep, ...overrule }, (request, call) =>
    stopQemu(request, overruled(call)),
  ),
  acting('qemu', 'shutdown', { ...rootOnly, ...timeout, ...forceStop, ...keep }, (request, call) =>
    shutdownQemu(request, shutdownOptions(call)),
  ),
  acting('qemu', 'reboot', timeout, (request, call) => rebootQemu(request, shutdownOptions(call))),
  acting('qemu', 'suspend', { ...rootOnly, todisk: flag }, (request, call) =>
    suspendQemu(request, flagOf(call, 'todisk')),
  ),
  acting('qemu', 'resume', { ...rootOnly, nocheck: flag }, resumeQemu),
  ...reading('lxc'),
  acting('lxc', 'start', { ...rootOnly, debug: flag }, startLxc),
  acting('lxc', 'stop', { ...rootOnly, ...overrule }, (request, call) => stopLxc(request, overruled(call))),
  acting('lxc', 'shutdown', { ...timeout, ...forceStop }, (request, call) =>
    shutdownLxc(request, shutdownOptions(call)),
  ),
  acting('lxc', 'reboot', timeout, (request, call) => rebootLxc(request, shutdownOptions(call))),
  acting('lxc', 'suspend', {}, suspendLxc),
  acting('lxc', 'resume', {}, resumeLxc),
];
