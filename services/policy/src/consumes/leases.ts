import { LeaseEntity, OwnershipEntity } from '@huismeester/contracts';
import { type Handlers, readEntities } from '@huismeester/events';
import { fromLeases as reader } from '../desired/gates.ts';
import { evolveLease, type LeaseEvent, leaseFrom } from '../facts/lease.ts';
import { evolveOwnership, type OwnershipEvent, ownershipFrom } from '../facts/ownership.ts';
import { leaseStore, ownershipStore } from '../facts/store.ts';
import { factKind, foldInto } from './fact-kind.ts';

const foldOwnership = foldInto(ownershipStore, ({ data }: OwnershipEvent) => data.ownership, evolveOwnership);
const foldLease = foldInto(leaseStore, ({ data }: LeaseEvent) => data.lease, evolveLease);

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
    'lease.renewal-undone': foldLease,
    'lease.ended': foldLease,
  } satisfies Handlers,
  ...readEntities({
    ownership: factKind(OwnershipEntity, ownershipStore, ownershipFrom),
    lease: factKind(LeaseEntity, leaseStore, leaseFrom),
  }),
};
