import { Type } from 'typebox';
import { event } from '../define.ts';
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
const account = { account: AccountId };
const source = { source: AccessSourceId };
const list = { list: AccessListId };

/**
 * Who really has admin access (CORE-4, CORE-2); subjects `account/<id>`, `known-account/<id>`, `access-source/<id>` and `access-list/<id>`.
 * An account’s name is in none of them.
 */
export const accessEvents = {
  'account.found': event(
    'A complete read shows an account with admin rights on core, or what it may there has changed',
    Type.Object({
      ...account,
      ...source,
      kind: Type.Enum(['user', 'token', 'member'] as const, {
        description: '`member`: of a group of the directory that administers something',
        examples: ['user'],
      }),
      person: maybe({ ...PersonId, description: 'Whose it is, by the directory' }),
      built_in: maybe(
        Type.Enum(['root', 'own-token', 'own-user'] as const, {
          description: 'root@pam, or a token of Huismeester and its user: known from the start',
        }),
      ),
      asleep: Type.Boolean({ description: 'Disabled or expired: listed, no violation', examples: [false] }),
      rights: Type.Array(AdminRight),
    }),
  ),
  'account.gone': event(
    'Two complete reads do not show the account any more, or no admin rights of it',
    Type.Object({ ...account, ...source }),
  ),
  'access-source.known': event(
    'Who has admin rights there could be read whole: at first, or again',
    Type.Object({ ...source, since: Timestamp, accounts: Type.Integer({ minimum: 0, examples: [12] }) }),
  ),
  'access-source.unknown': event(
    'Who has admin rights there could not be read whole: nothing follows until it can',
    Type.Object({
      ...source,
      since: Timestamp,
      lacks: Type.String({
        description: 'The right that is missing, or what went wrong',
        examples: ['Sys.Audit on /access'],
      }),
    }),
  ),
  'access-source.ended': event(
    'Nobody looks there any more who has admin rights, since settings do not name it: it is forgotten',
    Type.Object(source),
  ),
  'known-account.assigned': event(
    'Somebody of the team knows whose account it is',
    Type.Object({ ...account, person: PersonId }),
  ),
  'known-account.registered': event(
    'Somebody of the team registered a service account, or looked at it again',
    Type.Object({ ...account, ...ServiceAccountFields }),
  ),
  'known-account.forgotten': event(
    'An account is nobody’s again, as far as is known here',
    Type.Object(account),
  ),
  'access-list.recorded': event(
    'Who has access to something that has no API was written down (CORE-2)',
    Type.Object({ ...list, ...AccessListFields }),
  ),
  'access-list.confirmed': event(
    'Somebody looked at a list that is kept by hand, and it is true (CORE-2)',
    Type.Object({ ...list, by: PersonId }),
  ),
  'access-list.ended': event('A list is kept no more', Type.Object(list)),
};

export const accessAggregates = {
  account,
  'known-account': account,
  'access-source': source,
  'access-list': list,
};
