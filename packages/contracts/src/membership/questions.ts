import { type Static, Type } from 'typebox';
import { question } from '../define.ts';
import { Language, PersonId } from '../words.ts';
import { preferences } from './events.ts';
import { AccountId } from './words.ts';

const Unknown = Type.Object({
  state: Type.Literal('unknown', {
    description: 'The directory was not read whole since the start, or is unknown now: nothing follows',
  }),
});

/** How somebody is written to. It is read from the directory when asked for: who asks stores neither name nor address (PRIV-1). */
export const ContactAnswer = Type.Union([
  Type.Object({
    state: Type.Literal('known'),
    name: Type.Optional(Type.String()),
    enabled: Type.Boolean({ description: 'False where an administrator disabled the account' }),
    mail: Type.Array(Type.String(), {
      description: 'As the directory has them, the first one first; unchecked',
    }),
    language: Language,
    holiday: preferences.holiday,
    notices: preferences.notices,
  }),
  Type.Object({
    state: Type.Literal('gone', {
      description: 'A complete read of the directory does not have this person',
    }),
  }),
  Unknown,
]);
export type ContactAnswer = Static<typeof ContactAnswer>;

/** The keys of somebody, as OpenSSH has them and without comments. */
export const SshKeysAnswer = Type.Union([
  Type.Object({
    state: Type.Literal('known'),
    keys: Type.Array(Type.String(), {
      description: 'Those of the directory; where it has none, those of the preferences',
    }),
  }),
  Unknown,
]);
export type SshKeysAnswer = Static<typeof SshKeysAnswer>;

/** Who it is that somebody named by login name. */
export const NamedAnswer = Type.Union([
  Type.Object({
    state: Type.Literal('known'),
    person: PersonId,
    enabled: Type.Boolean({ description: 'False where an administrator disabled the account' }),
  }),
  Type.Object({
    state: Type.Literal('nobody', {
      description: 'A complete read of the directory has nobody who logs in so, or more than one',
    }),
  }),
  Unknown,
]);
export type NamedAnswer = Static<typeof NamedAnswer>;

const Asked = Type.Object({ person: PersonId });
/** In no URL, which proxies write to their logs. */
const AskedByName = Type.Object({
  login: Type.String({ maxLength: 256, description: 'A uid, in whatever case; no mail address' }),
});

/** What accounts are called, and so people of them; without those of which the last read since the start has no name. */
const AccountsAnswer = Type.Object({
  names: Type.Array(Type.Object({ account: AccountId, name: Type.String() })),
});

/** What other services may ask of people. */
export const questions = {
  contact: question('How a person is written to now', Asked, ContactAnswer),
  named: question('Who has this login name', AskedByName, NamedAnswer),
  accounts: question(
    'What these accounts with admin rights are called',
    Type.Object({ accounts: Type.Array(AccountId, { maxItems: 500 }) }),
    AccountsAnswer,
  ),
  'ssh-keys': question('With which keys a person logs in to a machine', Asked, SshKeysAnswer),
};
