import { type Static, Type } from 'typebox';
import { closedObject, durationOr, Pem, Secret, secret, section, Url } from '../define.ts';
import { teamSettings } from './team-settings.ts';

const Dn = (description: string) => Type.Optional(Type.String({ minLength: 3, pattern: '=', description }));

const Groups = section(
  {
    participants: Dn('the DN of the group of participants; left out: everybody whom the filter finds'),
    team: Dn('the DN of the group of the infrateam'),
    trial: Dn('the DN of the group of those who are on trial in the infrateam'),
    board: Dn('the DN of the group of the board'),
    admins: Type.Optional(
      Type.Array(Type.String({ minLength: 3, pattern: '=' }), {
        description:
          'the DNs of groups whose members administer something of core, such as the directory itself (CORE-4)',
      }),
    ),
  },
  'groupOfNames, groupOfUniqueNames or posixGroup, nested to 8 levels',
);

const attribute = (otherwise: string, description: string) =>
  Type.String({ default: otherwise, pattern: '^[A-Za-z][A-Za-z0-9-]*$', description });

const Attributes = section({
  id: Type.Enum(['entryUUID', 'objectGUID', 'nsUniqueId', 'ipaUniqueID'] as const, {
    default: 'entryUUID',
    description: 'what stays the same when somebody is renamed: a person is this, and nothing else',
  }),
  uid: attribute('uid', 'the name to log in with'),
  name: attribute('cn', 'the name that people see'),
  mail: attribute('mail', 'mail addresses'),
  sshKeys: attribute('sshPublicKey', 'public keys of OpenSSH'),
});

const Ldap = closedObject({
  urls: Type.Array(Url('ldaps?', 'such as ldaps://10.0.0.4, or ldap://10.0.0.4 with startTls: true'), {
    minItems: 1,
    description: 'the next one is tried when one does not answer',
  }),
  startTls: Type.Boolean({ default: false, description: 'for ldap:// alone' }),
  ca: Type.Optional(Pem),
  bindDn: Type.Optional(Type.String({ minLength: 3, description: 'as whom to read; left out: as nobody' })),
  bindPassword: Type.Optional(Secret),
  base: Type.String({ minLength: 3, description: 'below it are all people, such as ou=people,dc=space' }),
  filter: Type.String({
    default: '(|(objectClass=inetOrgPerson)(objectClass=posixAccount))',
    pattern: '^\\(.*\\)$',
    description: 'who below the base is a person',
  }),
  attributes: Attributes,
  disabled: Type.Record(
    Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]*$' }),
    Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    {
      // pwdAccountLockedTime of 000001010000Z is a lock by an administrator (draft-behera-ldap-password-policy, 5.3.3).
      default: { pwdAccountLockedTime: ['000001010000Z'], nsAccountLock: ['true'], loginDisabled: ['true'] },
      description: 'the attributes that say that an account is disabled, each with the values that mean it',
    },
  ),
  groups: Groups,
});
export type LdapSettings = Static<typeof Ldap>;

const every = {
  every: durationOr('40s', 'how often all people and groups are read; at most that'),
};

const Directory = Type.Union([
  closedObject({
    file: Type.String({
      minLength: 1,
      format: 'file-path',
      description: 'a file with people and groups in YAML; it is read again and again',
    }),
    ...every,
  }),
  closedObject({
    ldap: Ldap,
    writes: Type.Enum(['off', 'groups'] as const, {
      default: 'off',
      description:
        '`groups`: Huismeester itself brings the groups of team and trial in line with the register; `off`: it says what to change, and waits until it sees that done',
    }),
    ...every,
  }),
]);
export type DirectorySettings = Static<typeof Directory>;

const Secrets = section({
  key: Type.Optional(
    secret({
      minLength: 32,
      description:
        'of 32 characters or more (openssl rand -hex 32), better from a file than written here; uids are kept hashed with it',
    }),
  ),
});

export const settings = { directory: Type.Optional(Directory), secrets: Secrets, ...teamSettings };
