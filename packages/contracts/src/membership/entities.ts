import { type Static, Type } from 'typebox';
import { PersonId, Timestamp } from '../words.ts';
import { accessEvents } from './access-events.ts';
import {
  AccessListFields,
  AccessListId,
  AccessSourceId,
  AccountId,
  ApplicationId,
  ApplicationState,
  DecidedBy,
  Grant,
  MemberAct,
  RegisterState,
  ServiceAccountFields,
} from './words.ts';

/*
 * What of the team stands in membership's snapshot: of each aggregate what a fold of its events knows, and nothing else. What somebody voted,
 * and every reason, is in none of them (JOIN-2).
 */

const maybe = Type.Optional;
const at = (description: string) => maybe({ ...Timestamp, description });

/** `member/<person>`: where somebody stands in the register of the team (TEAM-1). */
export const MemberEntity = Type.Object({
  person: PersonId,
  state: RegisterState,
  since: at('When that state began: the time of the event that changed it; an extended trial keeps it'),
  until: at('The end of a trial, or of a suspension'),
  before: maybe(
    Type.Object(
      { state: RegisterState, until: maybe(Timestamp) },
      { description: 'Of somebody suspended: what they are again after it' },
    ),
  ),
  proposal: maybe(Type.Object({ act: MemberAct, by: PersonId, at: maybe(Timestamp) })),
});
export type MemberEntity = Static<typeof MemberEntity>;

/** `application/<id>`: an application to the team, open or not (JOIN-1, JOIN-2). */
export const ApplicationEntity = Type.Object({
  application: ApplicationId,
  person: PersonId,
  state: ApplicationState,
  since: Type.String({ ...Timestamp, description: 'When it was made' }),
  backer: maybe({ ...PersonId, description: 'The full member who applied for them' }),
  ends: at('Until when full members vote; once it is open'),
  trial_days: Type.Integer({ minimum: 0 }),
  voted: Type.Array(PersonId, {
    description: 'Who has voted. The backer too, once it is open',
  }),
  minutes: maybe(
    Type.Object({ at: Timestamp, by: PersonId }, { description: 'Of a meeting, until they are confirmed' }),
  ),
  approved: maybe(Type.Object({ at: Timestamp, how: DecidedBy })),
  board_until: at('Until when it may be vetoed; missing while there is nobody who could'),
  ended: maybe(
    Type.Object(
      { at: Timestamp, how: maybe(DecidedBy) },
      { description: 'When it was carried out, rejected, vetoed, withdrawn, or lapsed' },
    ),
  ),
});
export type ApplicationEntity = Static<typeof ApplicationEntity>;

/** `grant/<id>`: what a member on trial may act on (JOIN-3); one that ended is in no snapshot. */
export const GrantEntity = Type.Object({
  grant: Type.String({ format: 'uuid' }),
  person: PersonId,
  ...Grant.properties,
  by: PersonId,
});
export type GrantEntity = Static<typeof GrantEntity>;

/** `account/<id>`: the data of its last `account.found`; one that is gone is in no snapshot. */
export const AccountEntity = accessEvents['account.found'].data;
export type AccountEntity = Static<typeof AccountEntity>;

/** `access-source/<id>`: whether who has admin rights there could be read whole. */
export const AccessSourceEntity = Type.Object({
  source: AccessSourceId,
  state: Type.Enum(['known', 'unknown'] as const),
  since: Timestamp,
  lacks: maybe(Type.String()),
});
export type AccessSourceEntity = Static<typeof AccessSourceEntity>;

/** `known-account/<id>`: whose an account is, by somebody of the team: a person’s, or no person’s. */
export const KnownAccountEntity = Type.Object({
  account: AccountId,
  person: maybe(PersonId),
  purpose: maybe(ServiceAccountFields.purpose),
  steward: ServiceAccountFields.steward,
  review: maybe(ServiceAccountFields.review),
});
export type KnownAccountEntity = Static<typeof KnownAccountEntity>;

/** `access-list/<id>`: who has access to what has no API, or knows a secret (CORE-2). */
export const AccessListEntity = Type.Object({
  list: AccessListId,
  ...AccessListFields,
  since: Type.String({
    ...Timestamp,
    description: 'When it was last written down: somebody looked at it then',
  }),
  confirmed_at: at('When somebody last confirmed it since then; missing where nobody did'),
});
export type AccessListEntity = Static<typeof AccessListEntity>;
