import { choice } from './parameters.ts';
import { type Call, type Route, textOf } from './route.ts';
import type { GuestState } from './state.ts';
import { isQuorate } from './world.ts';

const kind = (guest: GuestState): 'vm' | 'ct' => (guest.type === 'qemu' ? 'vm' : 'ct');

function requested(guest: GuestState): string {
  return guest.ha?.state === 'stopped' || guest.ha?.state === 'request_stop' ? 'stopped' : 'started';
}

function resources(call: Call): unknown[] {
  const type = textOf(call, 'type');
  return call.world.state.guests
    .filter((guest) => guest.ha && (type === '' || kind(guest) === type))
    .map((guest) => ({
      sid: `${kind(guest)}:${guest.vmid}`,
      type: kind(guest),
      state: requested(guest),
      max_restart: 1,
      max_relocate: 1,
    }));
}

function current({ world, local }: Call): unknown[] {
  const { guests, nodes } = world.state;
  const quorate = isQuorate(world.state);
  const timestamp = Math.floor(world.clock.now() / 1000);
  const time = new Date(timestamp * 1000).toUTCString();
  const services = guests.filter((guest) => guest.ha);
  return [
    {
      id: 'quorum',
      type: 'quorum',
      node: local,
      status: quorate ? 'OK' : `No quorum on node '${local}'!`,
      quorate: quorate ? 1 : 0,
    },
    { id: 'master', type: 'master', node: local, status: `${local} (active, ${time})`, timestamp },
    {
      id: 'fencing',
      type: 'fencing',
      node: local,
      status: 'armed (CRM watchdog active)',
      'armed-state': 'armed',
    },
    ...nodes.map(({ name, online }) => ({
      id: `lrm:${name}`,
      type: 'lrm',
      node: name,
      status: `${name} (${online ? 'active, watchdog active' : 'old timestamp - dead?'}, ${time})`,
      timestamp,
    })),
    ...services.map((guest) => ({
      id: `service:${kind(guest)}:${guest.vmid}`,
      type: 'service',
      sid: `${kind(guest)}:${guest.vmid}`,
      node: guest.node,
      crm_state: guest.ha?.state,
      request_state: requested(guest),
      state: guest.ha?.state,
      status: `${kind(guest)}:${guest.vmid} (${guest.node}, ${guest.ha?.state})`,
      max_restart: 1,
      max_relocate: 1,
    })),
  ];
}

const audit = { path: '/', priv: 'Sys.Audit' };

export const haRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/cluster/ha/resources',
    parameters: { type: choice('ct', 'vm') },
    permission: audit,
    handle: resources,
  },
  { method: 'GET', path: '/cluster/ha/status/current', parameters: {}, permission: audit, handle: current },
];
