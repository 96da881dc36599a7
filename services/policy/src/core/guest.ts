import type { DesiredState, EventData, EventOf } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { VmClass } from './words.ts';

/** What is known of one VM, from vm-lifecycle's events alone. */
export interface Guest {
  readonly vm: string;
  readonly class: VmClass;
  readonly hypervisor: string;
  readonly node: string;
  readonly running: boolean;
  /** When it was found, ms since 1970: what was done to a VM of its id before that is not its own story. */
  readonly foundAt?: number;
  /** When it was last seen to go off, ms since 1970. */
  readonly stoppedAt?: number;
  /** Who or what made it go off then. */
  readonly stoppedBy?: EventData<'vm.stopped'>['cause'];
  /** A request to Proxmox whose end was not seen yet. */
  readonly inFlight?: EventData<'vm.power-requested'>['act'];
  /** When that was asked, ms since 1970. */
  readonly askedAt?: number;
  /** How long its last shutdown by us took, ms. */
  readonly shutdownMs?: number;
  /** From its configuration; unknown until it was read. */
  readonly onboot?: boolean;
  readonly agent?: boolean;
  readonly ha?: boolean;
  /** The newest generation that vm-lifecycle gave up on. */
  readonly gaveUp?: number;
}

export type Desired = Static<typeof DesiredState>;

/** What policy remembers of one VM: its newest decision, and whether a power cut took it down. */
export interface Standing {
  readonly desired: Desired;
  /** When the newest decision was made, ms since 1970. */
  readonly decidedAt: number;
  readonly shed?: Shed;
}

/** A VM that ran when a power cut reached it, from the decision to stop it until it runs again. */
export interface Shed {
  readonly enforced: boolean;
  /** When it was first decided to stop it, ms since 1970. */
  readonly since: number;
  readonly correlationid: string;
  /** How many decisions to start it again were given up. */
  readonly startsGivenUp?: number;
}

export type GuestEvent = EventOf<
  | 'vm.found'
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
    const { vm, hypervisor, node, running } = event.data;
    return { vm, class: event.data.class, hypervisor, node, running, foundAt: Date.parse(event.time) };
  }
  if (!guest) return undefined;
  const at = Date.parse(event.time);
  const { inFlight, askedAt, ...settled } = guest;
  switch (event.type) {
    case 'vm.started':
      return { ...settled, node: event.data.node, running: true };
    case 'vm.stopped': {
      const took = inFlight === 'shutdown' && askedAt !== undefined && event.data.cause === 'huismeester';
      const shutdownMs = took ? { shutdownMs: Math.max(0, at - askedAt) } : {};
      return {
        ...settled,
        ...shutdownMs,
        node: event.data.node,
        running: false,
        stoppedAt: at,
        stoppedBy: event.data.cause,
      };
    }
    case 'vm.moved':
      return { ...guest, node: event.data.node };
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
      return event.data.retry ? settled : { ...settled, gaveUp: event.data.generation };
  }
}

/** Whether a guest was seen off since it was shed: whoever starts it after that is not fought. */
export function wentOff(guest: Guest, standing: Standing | undefined): boolean {
  return (
    standing?.shed !== undefined && guest.stoppedAt !== undefined && guest.stoppedAt >= standing.shed.since
  );
}

/** What is remembered of a guest; a shedding from before it was found concerns another guest, or another life of it. */
export function ownStanding(guest: Guest, standing: Standing | undefined): Standing | undefined {
  if (!standing?.shed || guest.foundAt === undefined || guest.foundAt <= standing.shed.since) return standing;
  const { shed: _, ...own } = standing;
  return own;
}
