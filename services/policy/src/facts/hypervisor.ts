import type { EventOf, Hypervisor } from '@huismeester/contracts';

/** What is known of one hypervisor, from vm-lifecycle's events alone. Kept by its id. */
export interface HypervisorFact {
  readonly id: string;
  /** Whether its API answers: while it does not, nobody knows which of its nodes are online. */
  readonly reachable: boolean;
  /** It is not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type HypervisorEvent = EventOf<'hypervisor.reachable' | 'hypervisor.unreachable'>;

/** Folds one of vm-lifecycle's events into what is known of the hypervisor. */
export function evolveHypervisor({ type, data }: HypervisorEvent): HypervisorFact {
  return { id: data.hypervisor, reachable: type === 'hypervisor.reachable' };
}

/** The hypervisor as vm-lifecycle's snapshot has it. */
export function hypervisorFrom({ id, reachable }: Hypervisor): HypervisorFact {
  return { id, reachable };
}
