import {
  AccessListEntity,
  AccessSourceEntity,
  AccountEntity,
  GrantEntity,
  KnownAccountEntity,
} from '@huismeester/contracts';
import { type Handlers, readEntities } from '@huismeester/events';
import { fromAccess as reader } from '../desired/gates.ts';
import { type AccessListEvent, accessListFrom, evolveAccessList } from '../facts/access-list.ts';
import { type AccessSourceEvent, accessSourceFrom, evolveAccessSource } from '../facts/access-source.ts';
import { type AccountEvent, accountFrom, evolveAccount } from '../facts/account.ts';
import { evolveGrant, type GrantEvent, grantFrom } from '../facts/grant.ts';
import { evolveKnownAccount, type KnownAccountEvent, knownAccountFrom } from '../facts/known-account.ts';
import {
  accessListStore,
  accessSourceStore,
  accountStore,
  grantStore,
  knownAccountStore,
} from '../facts/store.ts';
import { factKind, foldInto } from './fact-kind.ts';

const foldGrant = foldInto(
  grantStore,
  ({ data }: GrantEvent) => data.grant,
  (_, event) => evolveGrant(event),
);
const foldAccount = foldInto(
  accountStore,
  ({ data }: AccountEvent) => data.account,
  (_, event) => evolveAccount(event),
);
const foldSource = foldInto(
  accessSourceStore,
  ({ data }: AccessSourceEvent) => data.source,
  (_, event) => evolveAccessSource(event),
);
const foldKnown = foldInto(
  knownAccountStore,
  ({ data }: KnownAccountEvent) => data.account,
  (_, event) => evolveKnownAccount(event),
);
const foldList = foldInto(accessListStore, ({ data }: AccessListEvent) => data.list, evolveAccessList);

/**
 * What policy takes from membership about who really has admin access: accounts and where they are looked for, whose they are, lists that are kept by
 * hand, and what members on trial may act on. A reader of its own, so that what fails there holds up nothing else.
 */
export const fromAccess = {
  reader,
  handlers: {
    'grant.given': foldGrant,
    'grant.ended': foldGrant,
    'account.found': foldAccount,
    'account.gone': foldAccount,
    'access-source.known': foldSource,
    'access-source.unknown': foldSource,
    'access-source.ended': foldSource,
    'known-account.assigned': foldKnown,
    'known-account.registered': foldKnown,
    'known-account.forgotten': foldKnown,
    'access-list.recorded': foldList,
    'access-list.confirmed': foldList,
    'access-list.ended': foldList,
  } satisfies Handlers,
  ...readEntities({
    grant: factKind(GrantEntity, grantStore, grantFrom),
    account: factKind(AccountEntity, accountStore, accountFrom),
    'access-source': factKind(AccessSourceEntity, accessSourceStore, accessSourceFrom),
    'known-account': factKind(KnownAccountEntity, knownAccountStore, knownAccountFrom),
    'access-list': factKind(AccessListEntity, accessListStore, accessListFrom),
  }),
};
