import { type Static, Type } from 'typebox';
import { OwnershipId, PersonId, Timestamp } from '../words.ts';

/**
 * What the signed part of a link in a notice holds, by which somebody renews one lease once without logging in (`POST /renewals`): policy signs it,
 * vm-lifecycle takes it. It has nothing that names a person but the id.
 */
export const RenewalLink = Type.Object({
  lease: OwnershipId,
  number: Type.Integer({ minimum: 0, description: 'Of the lease: a link renews this one, and no later one' }),
  ends: Type.String({ ...Timestamp, description: 'When the lease ends that is renewed' }),
  person: PersonId,
  until: Type.String({ ...Timestamp, description: 'The planned stop: the link does nothing from then on' }),
});
export type RenewalLink = Static<typeof RenewalLink>;
