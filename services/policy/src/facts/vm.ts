import type { EventData, EventOf, VmClass as VmClassSchema, VmEntity } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type VmClass = Static<typeof VmClassSchema>;

/** What is known of one VM, from vm-lifecycle's events alone; times in ms since 1970. */
export interface Guest {
  readonly vm: string;
  /** Tells it from another guest under its vmid; unknown until it was read. */
  readonly incarnation?: string;
  readonly class: VmClass;
  readonly hypervisor: string;
  readonly node: string;
  /** The event by which it came to that node; unknown where it was read from a snapshot. */
  readonly placedBy?: string;
  readonly running: boolean;
  /** When it was found: what was done to a VM of its id before that concerned another guest. */
  readonly foundAt?: number;
  /** When it was last seen to go off. */
  readonly stoppedAt?: number;
  /** Who or what made it go off then. */
  readonly stoppedBy?: EventData<'vm.stopped'>['cause'];
  /** When it was last seen to start. */
  readonly startedAt?: number;
  /** A request to Proxmox whose end was not seen yet. */
  readonly inFlight?: EventData<'vm.power-requested'>['act'];
  /** When that was asked. */
  readonly askedAt?: number;
  /** How long its last shutdown by us took, ms. */
  readonly shutdownMs?: number;
  /** From its configuration; unknown until it was read. */
  readonly onboot?: boolean;
  readonly agent?: boolean;
  readonly ha?: boolean;
  /** The newest generation that vm-lifecycle gave up on. */
  readonly gaveUp?: number;
  /** It is not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type GuestEvent = EventOf<
  | 'vm.found'
  | 'vm.identified'
  | 'vm.started'
  | 'vm.stopped'
  | 'vm.moved'
  | 'vm.reclassified'
  | 'vm.inspected'
  | 'vm.power-requested'
  | 'vm.power-failed'
>;

/** Folds one of vm-lifecycle's events into what is known of the VM; undefined for a VM that was never found. */
export function evolveGuest(guest: Guest | undefined, event: GuestEvent): Guest | undefined {
  if (event.type === 'vm.found') {
    const { vm, hypervisor, node, running, incarnation } = event.data;
    const foundAt = Date.parse(event.time);
    const known = incarnation !== undefined && { incarnation };
    return { vm, class: event.data.class, hypervisor, node, running, foundAt, ...known, placedBy: event.id };
  }
  if (!guest) return undefined;
  const at = Date.parse(event.time);
  switch (event.type) {
    case 'vm.identified':
      return { ...guest, incarnation: event.data.incarnation };
    case 'vm.started':
      return { ...asked(placed(guest, event)), running: true, startedAt: at };
    case 'vm.stopped':
      return stopped(guest, event, at);
    case 'vm.moved':
      return placed(guest, event);
    case 'vm.reclassified':
      return { ...guest, class: event.data.to };
    case 'vm.inspected': {
      const { onboot, agent, ha } = event.data;
      const { agent: _, ...others } = guest;
      return { ...others, onboot, ha, ...(agent !== undefined && { agent }) };
    }
    case 'vm.power-requested':
      return { ...guest, inFlight: event.data.act, askedAt: at };
    case 'vm.power-failed':
      return event.data.retry ? asked(guest) : { ...asked(guest), gaveUp: event.data.generation };
  }
}

/** The guest on the node that the event names; one that has not moved keeps the event by which it came there. */
function placed(guest: Guest, { id, data }: EventOf<'vm.moved' | 'vm.started' | 'vm.stopped'>): Guest {
  return data.node === guest.node ? guest : { ...guest, node: data.node, placedBy: id };
}

/** The guest without the request whose end was seen. */
function asked({ inFlight: _act, askedAt: _at, ...guest }: Guest): Guest {
  return guest;
}

function stopped(guest: Guest, event: EventOf<'vm.stopped'>, at: number): Guest {
  const { cause } = event.data;
  const byUs = guest.inFlight === 'shutdown' && guest.askedAt !== undefined && cause === 'huismeester';
  return {
    ...asked(placed(guest, event)),
    ...(byUs && { shutdownMs: Math.max(0, at - (guest.askedAt ?? at)) }),
    running: false,
    stoppedAt: at,
    stoppedBy: cause,
  };
}

/**
 * The VM as vm-lifecycle's snapshot has it: the same as a fold of its events. One of before has neither what is in flight
 * nor when the guest was found or stopped.
 */
export function guestFrom(vm: VmEntity): Guest {
  const {
    incarnation,
    onboot,
    agent,
    ha,
    foundAt,
    started,
    stopped,
    asked: request,
    shutdown_s,
    gaveUp,
  } = vm;
  return {
    vm: vm.id,
    class: vm.class,
    hypervisor: vm.hypervisor,
    node: vm.node,
    running: vm.status !== 'stopped',
    ...(incarnation !== undefined && { incarnation }),
    ...(foundAt !== undefined && { foundAt: Date.parse(foundAt) }),
    ...(started && { startedAt: Date.parse(started.at) }),
    ...(stopped && { stoppedAt: Date.parse(stopped.at), stoppedBy: stopped.by }),
    ...(request && { inFlight: request.act, askedAt: Date.parse(request.at) }),
    ...(shutdown_s !== undefined && { shutdownMs: Math.round(shutdown_s * 1000) }),
    ...(gaveUp !== undefined && { gaveUp }),
    ...(onboot !== undefined && { onboot }),
    ...(agent !== undefined && { agent }),
    ...(ha !== undefined && { ha }),
  };
}
