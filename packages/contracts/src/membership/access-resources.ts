import { type Static, Type } from 'typebox';
import { PersonId, Timestamp } from '../words.ts';
import {
  AccessListFields,
  AccessListId,
  AccessSourceId,
  AccountId,
  AdminRight,
  ServiceAccountFields,
} from './words.ts';

const maybe = Type.Optional;

/** `GET /api/v1/access`: an account with admin rights on core, by the last complete read (CORE-4). */
export const AccountResource = Type.Object({
  id: AccountId,
  source: AccessSourceId,
  name: maybe(Type.String({ description: 'As the last read since the start has it; it is stored nowhere' })),
  kind: Type.Enum(['user', 'token', 'member'] as const),
  whose: Type.Enum(['member', 'granted-trial', 'service', 'built-in', 'other', 'nobody'] as const, {
    description:
      '`member`: a full member’s; `granted-trial`: of a trial member to whom core was granted; `other`: somebody’s who is neither; `nobody`: nobody said whose it is',
  }),
  person: maybe(PersonId),
  service: maybe(Type.Object(ServiceAccountFields)),
  state: Type.Enum(['admin', 'asleep'] as const, {
    description: '`asleep`: disabled or expired: no violation',
  }),
  since: Timestamp,
  rights: Type.Array(AdminRight),
  commands: Type.Array(Type.String(), {
    description: 'What takes these rights away; Huismeester runs none of it',
  }),
});
export type AccountResource = Static<typeof AccountResource>;

/** `GET /api/v1/access/sources`: where accounts are looked for, and whether that could be read whole. */
export const AccessSourceResource = Type.Object({
  id: AccessSourceId,
  state: Type.Enum(['known', 'unknown', 'not-set-up'] as const),
  since: maybe(Timestamp),
  readAt: maybe(Timestamp),
  lacks: maybe(
    Type.String({ description: 'The right that is missing, what went wrong, or how it is set up' }),
  ),
  accounts: Type.Integer({ minimum: 0 }),
});
export type AccessSourceResource = Static<typeof AccessSourceResource>;

/** `GET /api/v1/access/lists`: what has no API, written down and confirmed each year (CORE-2). */
export const AccessListResource = Type.Object({
  id: AccessListId,
  ...AccessListFields,
  since: Timestamp,
  confirmed: maybe(Type.Object({ at: Timestamp, by: PersonId })),
  due: Type.String({ ...Timestamp, description: 'When somebody is to confirm it again' }),
});
export type AccessListResource = Static<typeof AccessListResource>;

/** `GET /api/v1/service-accounts`: accounts that are no person’s. */
export const ServiceAccountResource = Type.Object({
  id: AccountId,
  source: AccessSourceId,
  name: maybe(Type.String()),
  ...ServiceAccountFields,
  since: Timestamp,
  built_in: Type.Boolean({ description: 'root@pam, or Huismeester’s own: known from the start' }),
});
export type ServiceAccountResource = Static<typeof ServiceAccountResource>;
