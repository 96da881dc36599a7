import type { EventOf, OwnershipEntity } from '@huismeester/contracts';

/** Whose one incarnation of a VM is (PART-3), from vm-lifecycle's events alone. Kept by the ownership's id; of a guest that is gone nothing is kept. */
export interface OwnershipFact {
  readonly ownership: string;
  readonly vm: string;
  readonly incarnation: string;
  /** The person's id; undefined while it is offered to its first owner. */
  readonly owner?: string;
  readonly project?: string;
  /** Whom it is offered to. */
  readonly offeredTo?: string;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type OwnershipEvent = EventOf<
  'ownership.begun' | 'ownership.offered' | 'ownership.offer-ended' | 'ownership.accepted' | 'ownership.ended'
>;

/** Folds one of vm-lifecycle's events into what is known of whose a VM is. */
export function evolveOwnership(
  known: OwnershipFact | undefined,
  event: OwnershipEvent,
): OwnershipFact | undefined {
  switch (event.type) {
    case 'ownership.begun': {
      const { ownership, vm, incarnation, owner, project } = event.data;
      return { ownership, vm, incarnation, owner, project };
    }
    case 'ownership.offered': {
      const { ownership, vm, incarnation, to } = event.data;
      return { ...(known ?? { ownership, vm, incarnation }), offeredTo: to };
    }
    case 'ownership.offer-ended':
      return known?.owner === undefined ? undefined : withoutOffer(known);
    case 'ownership.accepted': {
      const { owner, project } = event.data;
      return known && { ...withoutOffer(known), owner, project };
    }
    case 'ownership.ended':
      return undefined;
  }
}

function withoutOffer({ offeredTo: _, ...known }: OwnershipFact): OwnershipFact {
  return known;
}

/** The ownership as vm-lifecycle's snapshot has it: the same as a fold of its events; undefined: the guest is gone. */
export function ownershipFrom(entity: OwnershipEntity): OwnershipFact | undefined {
  const { ownership, vm, incarnation, owner, project, offer, ended } = entity;
  if (ended) return undefined;
  return {
    ownership,
    vm,
    incarnation,
    ...(owner !== undefined && { owner }),
    ...(project !== undefined && { project }),
    ...(offer && { offeredTo: offer.to }),
  };
}
