import type { LdapSettings } from '@huismeester/contracts';
import { type TestDirectory, type TestDirectoryOptions, testDirectory } from '@huismeester/testkit';
import { type Directory, type DirectoryRead, type GroupRead, openDirectory } from '../src/index.ts';

/** No test waits for a server that is silent. */
export const quick = { connectMs: 5000, answerMs: 5000 };
export const forever = new AbortController().signal;

export type Rest = Partial<Omit<LdapSettings, 'attributes'>> & {
  readonly attributes?: Partial<LdapSettings['attributes']>;
};

/** Settings as space.yaml has them when little is written there. */
export function ldapSettings(suffix: string, { attributes, ...rest }: Rest): LdapSettings {
  return {
    urls: [],
    startTls: false,
    base: `ou=people,${suffix}`,
    filter: '(|(objectClass=inetOrgPerson)(objectClass=posixAccount))',
    attributes: {
      id: 'entryUUID',
      uid: 'uid',
      name: 'cn',
      mail: 'mail',
      sshKeys: 'sshPublicKey',
      ...attributes,
    },
    disabled: { pwdAccountLockedTime: ['000001010000Z'], nsAccountLock: ['true'], loginDisabled: ['true'] },
    groups: {},
    ...rest,
  };
}

export function directoryAt(
  { port, suffix }: Pick<TestDirectory, 'port' | 'suffix'>,
  rest: Rest = {},
  limits = quick,
): Directory {
  const ldap = ldapSettings(suffix, { urls: [`ldap://127.0.0.1:${port}`], ...rest });
  return openDirectory({ ldap, writes: 'off', every: '50s' }, limits);
}

export interface World {
  readonly at: TestDirectory;
  /** Reads with these settings. */
  readonly read: (rest?: Rest) => Promise<DirectoryRead>;
}

/** A database of the shared slapd. */
export async function world(options: TestDirectoryOptions): Promise<World> {
  const at = await testDirectory(options);
  return { at, read: (rest) => directoryAt(at, rest).read(forever) };
}

/** LDIF of somebody; the id ends with this number, and the password is `secret-<uid>`. */
export function somebody(
  suffix: string,
  uid: string,
  {
    number = 0,
    more = [],
    dn = `uid=${uid},ou=people,${suffix}`,
  }: { number?: number; more?: string[]; dn?: string } = {},
): string {
  const lines = [
    `dn: ${dn}`,
    'objectClass: inetOrgPerson',
    'objectClass: extensibleObject',
    `uid: ${uid}`,
    `cn: Name of ${uid}`,
    'sn: Sn',
    `userPassword: secret-${uid}`,
    ...(number > 0 ? [`entryUUID: ${idOf(number)}`] : []),
    ...more,
  ];
  return `${lines.join('\n')}\n\n`;
}

export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function unit(suffix: string, ou: string): string {
  return `dn: ou=${ou},${suffix}\nobjectClass: organizationalUnit\nou: ${ou}\n\n`;
}

/** LDIF of a group with these lines; `kind` has its classes. */
export function group(suffix: string, cn: string, kind: string, lines: readonly string[]): string {
  const classes = kind.split(' ').map((each) => `objectClass: ${each}`);
  return `dn: cn=${cn},ou=groups,${suffix}\n${[...classes, `cn: ${cn}`, ...lines].join('\n')}\n\n`;
}

/** Members by the number of their id, with their paths. */
export function membersIn(read: GroupRead): Record<string, string> | string {
  if (read.state !== 'known') return read.state === 'unknown' ? `unknown: ${read.detail}` : read.state;
  const entries = [...read.members].map(([id, path]) => [Number(id.slice(-12)), path.join('/')] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => one - other));
}

/** Accounts each of which may not read something. */
export const readersAccess = {
  entries: (suffix: string) =>
    unit(suffix, 'readers') +
    ['no-base', 'no-ids', 'no-uids', 'no-member', 'half-blind', 'few', 'some']
      .map(
        (cn) =>
          `dn: cn=${cn},ou=readers,${suffix}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: ${cn}\nuserPassword: right\n\n`,
      )
      .join(''),
  reader: (cn: string) => ({ bindDn: `cn=${cn},ou=readers`, bindPassword: 'right' }),
  rules: [
    'to attrs=userPassword by anonymous auth by * none',
    'to dn.subtree="ou=people,SUFFIX" by dn.exact="cn=no-base,ou=readers,SUFFIX" none by * break',
    'to attrs=entryUUID by dn.exact="cn=no-ids,ou=readers,SUFFIX" none by * break',
    'to attrs=uid by dn.exact="cn=no-uids,ou=readers,SUFFIX" search by * break',
    'to attrs=member by dn.exact="cn=no-member,ou=readers,SUFFIX" none by * break',
    // The entry is there for who may search it, and no filter fits: slapd then answers with success, and nothing.
    'to dn.exact="cn=short,ou=groups,SUFFIX" by dn.exact="cn=half-blind,ou=readers,SUFFIX" search by * break',
    'to dn.exact="cn=urls,ou=groups,SUFFIX" attrs=objectClass by dn.exact="cn=half-blind,ou=readers,SUFFIX" none by * break',
    // Not even that it is there is told (LDAP 32).
    'to dn.exact="cn=level10,ou=groups,SUFFIX" by dn.exact="cn=half-blind,ou=readers,SUFFIX" none by * break',
    'to * by * read',
  ],
};
