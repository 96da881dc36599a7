import { aggregate, type Made } from '@huismeester/events';
import { evolveOwnership, type OwnershipState } from '../core/ownership.ts';
import { ownership } from '../schema.ts';

type OwnershipEvent =
  | Made<'ownership.begun'>
  | Made<'ownership.offered'>
  | Made<'ownership.offer-ended'>
  | Made<'ownership.accepted'>
  | Made<'ownership.ended'>;

const initial: OwnershipState | undefined = undefined;

/** Whose each incarnation of a VM is (PART-3). */
export const ownerships = aggregate({
  kind: 'ownership',
  table: ownership,
  initial,
  evolve: (state: OwnershipState | undefined, event: OwnershipEvent) => evolveOwnership(state, event),
});
