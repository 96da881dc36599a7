import { LeaseEntity, OwnershipEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import { fromLeases as reader } from '../desired/gates.ts';
import { evolveLease, type LeaseEvent, leaseFrom } from '../facts/lease.ts';
import { evolveOwnership, type OwnershipEvent, ownershipFrom } from '../facts/ownership.ts';
import { leaseStore, ownershipStore } from '../facts/store.ts';

const foldOwnership = async (tx: Tx, event: OwnershipEvent): Promise<void> => {
  const { ownership } = event.data;
  const folded = evolveOwnership(await ownershipStore.get(tx, ownership), event);
  if (folded) await ownershipStore.save(tx, ownership, folded);
  else await ownershipStore.forget(tx, ownership);
};

const foldLease = async (tx: Tx, event: LeaseEvent): Promise<void> => {
  const { lease } = event.data;
  const folded = evolveLease(await leaseStore.get(tx, lease), event);
  if (folded) await leaseStore.save(tx, lease, folded);
  else await leaseStore.forget(tx, lease);
};

/**
 * What policy takes from vm-lifecycle about people's VMs: whose each is, and until when it may run. A reader of its own, so that what fails
 * there holds up no power cut.
 */
export const fromLeases = {
  reader,
  handlers: {
    'ownership.begun': foldOwnership,
    'ownership.offered': foldOwnership,
    'ownership.offer-ended': foldOwnership,
    'ownership.accepted': foldOwnership,
    'ownership.ended': foldOwnership,
    'lease.started': foldLease,
    'lease.renewed': foldLease,
    'lease.ended': foldLease,
  } satisfies Handlers,
  ...readEntities({
    ownership: entityKind({
      schema: OwnershipEntity,
      replace: (tx, found, kept) => {
        const facts = found.flatMap(({ id, state }) => {
          const fact = ownershipFrom(state);
          return fact ? [[id, fact] as const] : [];
        });
        return ownershipStore.replace(tx, new Map(facts), kept);
      },
      save: (tx, { id, state }) => {
        const fact = ownershipFrom(state);
        return fact ? ownershipStore.save(tx, id, fact) : ownershipStore.forget(tx, id);
      },
    }),
    lease: entityKind({
      schema: LeaseEntity,
      replace: (tx, found, kept) => {
        const facts = found.flatMap(({ id, state }) => {
          const fact = leaseFrom(state);
          return fact ? [[id, fact] as const] : [];
        });
        return leaseStore.replace(tx, new Map(facts), kept);
      },
      save: (tx, { id, state }) => {
        const fact = leaseFrom(state);
        return fact ? leaseStore.save(tx, id, fact) : leaseStore.forget(tx, id);
      },
    }),
  }),
};
