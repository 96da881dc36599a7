import type { EventOf, LeaseEntity } from '@huismeester/contracts';

/**
 * How long one incarnation of a participant's VM may run (PART-4), from vm-lifecycle's events alone; times in ms since 1970. Whose it is is
 * said of the ownership with the same id: a hand-over is one event, of another subject.
 */
export interface LeaseFact {
  /** The id of the ownership. */
  readonly lease: string;
  readonly vm: string;
  /** Counts the leases of this incarnation: with it a lease is told from the one before. */
  readonly number: number;
  readonly startedAt: number;
  /** When its length is over; when the VM is stopped is decided by the rule. Not under a key that ends in `At`: it lies ahead. */
  readonly ends: number;
  readonly renewals: number;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type LeaseEvent = EventOf<'lease.started' | 'lease.renewed' | 'lease.renewal-undone' | 'lease.ended'>;

/** Folds one of vm-lifecycle's events into what is known of a lease; undefined: there is none. */
export function evolveLease(known: LeaseFact | undefined, event: LeaseEvent): LeaseFact | undefined {
  switch (event.type) {
    case 'lease.started': {
      const { lease, vm, number, started, ends } = event.data;
      return {
        lease,
        vm,
        number,
        startedAt: Date.parse(started),
        ends: Date.parse(ends),
        renewals: 0,
      };
    }
    case 'lease.renewed':
    case 'lease.renewal-undone': {
      const { ends, renewals } = event.data;
      return known && { ...known, ends: Date.parse(ends), renewals };
    }
    case 'lease.ended':
      return undefined;
  }
}

/** The lease as vm-lifecycle's snapshot has it: the same as a fold of its events; undefined: there is none. */
export function leaseFrom(entity: LeaseEntity): LeaseFact | undefined {
  const { lease, vm, number, started, ends, renewals, over } = entity;
  if (over) return undefined;
  return { lease, vm, number, startedAt: Date.parse(started), ends: Date.parse(ends), renewals };
}
