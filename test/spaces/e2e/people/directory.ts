import { type TestDirectory, testDirectory } from '@huismeester/testkit';
import { Attribute, Change, Client } from 'ldapts';

/** Everybody by a short word; their groups are in {@link groups}. */
export const keys = ['ann', 'ben', 'cor', 'dia', 'eva', 'fil', 'gus', 'hal', 'ivo', 'jet'] as const;
export type Key = (typeof keys)[number];

/** Of eva there is nothing: she is in the directory, and in no group. Gus joins the team's group later, without the register. */
const groups = {
  participants: ['ann', 'ben', 'cor', 'dia', 'fil', 'gus', 'hal', 'ivo', 'jet'],
  team: ['ann', 'fil'],
  trial: ['cor'],
  board: ['ben'],
} as const satisfies Record<string, readonly Key[]>;
export type Group = keyof typeof groups;

/** What nobody writes by chance: what was kept or said of people is found by it. */
export const uidOf = (key: Key) => `zq-${key}`;
export const mailOf = (key: Key) => `${key}.huis@zqpost.example`;
export const nameOf = (key: Key) => `Zqvoornaam${key} van Zqachternaam`;
export const passwordOf = (key: Key) => `zqgeheim ${key} €`;
/** Of the login that reads the directory. */
export const readerPassword = 'zqgeheim of the reader';

/** The directory of a space, in a real slapd. */
export interface PeopleDirectory extends Pick<TestDirectory, 'port'> {
  readonly base: string;
  readonly readerDn: string;
  readonly groups: Readonly<Record<Group, string>>;
  /** Changes it as its administrator. */
  change(...changes: readonly Deed[]): Promise<void>;
  close(): Promise<void>;
}

type Deed = (client: Client, suffix: string) => Promise<void>;

export async function startDirectory(): Promise<PeopleDirectory> {
  const { port, suffix, rootDn } = await testDirectory({ entries });
  const client = new Client({ url: `ldap://127.0.0.1:${port}` });
  await client.bind(rootDn, 'admin');
  const named = Object.keys(groups).map((name) => [name, groupDn(name, suffix)]);
  return {
    port,
    base: `ou=people,${suffix}`,
    readerDn: readerDn(suffix),
    groups: Object.fromEntries(named),
    async change(...deeds) {
      for (const deed of deeds) await deed(client, suffix);
    },
    close: () => client.unbind(),
  };
}

export const joins = (key: Key, group: Group) => member('add', key, group);
export const leaves = (key: Key, group: Group) => member('delete', key, group);

/** An administrator of the directory locks somebody out for good. */
export const isDisabled =
  (key: Key): Deed =>
  (client, suffix) =>
    client.modify(dnOf(uidOf(key), suffix), [change('replace', 'pwdAccountLockedTime', '000001010000Z')]);

/** Somebody gets another uid, and another mail address. */
export const isRenamed =
  (key: Key): Deed =>
  async (client, suffix) => {
    const dn = dnOf(`${uidOf(key)}-new`, suffix);
    await client.modifyDN(dnOf(uidOf(key), suffix), dn);
    await client.modify(dn, [change('replace', 'mail', `new-${mailOf(key)}`)]);
  };

/** Somebody new gets the uid that another had. */
export const isMade =
  (key: Key): Deed =>
  (client, suffix) =>
    client.add(dnOf(uidOf(key), suffix), attributesOf(key));

/** The people are nowhere, or there again: the base of the settings is not there. */
export const hidesPeople: Deed = (client, suffix) =>
  client.modifyDN(`ou=people,${suffix}`, `ou=hidden,${suffix}`);
export const showsPeople: Deed = (client, suffix) =>
  client.modifyDN(`ou=hidden,${suffix}`, `ou=people,${suffix}`);

const dnOf = (uid: string, suffix: string) => `uid=${uid},ou=people,${suffix}`;
const groupDn = (name: string, suffix: string) => `cn=${name},ou=groups,${suffix}`;
const readerDn = (suffix: string) => `cn=reader,${suffix}`;

function change(operation: 'add' | 'delete' | 'replace', type: string, value: string): Change {
  return new Change({ operation, modification: new Attribute({ type, values: [value] }) });
}

function member(operation: 'add' | 'delete', key: Key, group: Group): Deed {
  return (client, suffix) =>
    client.modify(groupDn(group, suffix), [change(operation, 'member', dnOf(uidOf(key), suffix))]);
}

function attributesOf(key: Key): Record<string, string> {
  return {
    objectClass: 'inetOrgPerson',
    uid: uidOf(key),
    cn: nameOf(key),
    sn: 'Zqachternaam',
    mail: mailOf(key),
    userPassword: passwordOf(key),
  };
}

function entries(suffix: string): string {
  const entry = (dn: string, attributes: readonly (readonly [string, string])[]) =>
    `dn: ${dn}\n${attributes.map(([name, value]) => `${name}:: ${Buffer.from(value).toString('base64')}\n`).join('')}\n`;
  const folder = (ou: string) => entry(`ou=${ou},${suffix}`, [['objectClass', 'organizationalUnit']]);
  const group = ([name, members]: [string, readonly Key[]]) =>
    entry(groupDn(name, suffix), [
      ['objectClass', 'groupOfNames'],
      ...members.map((key) => ['member', dnOf(uidOf(key), suffix)] as const),
    ]);
  return [
    entry(readerDn(suffix), [
      ['objectClass', 'organizationalRole'],
      ['objectClass', 'simpleSecurityObject'],
      ['userPassword', readerPassword],
    ]),
    folder('people'),
    folder('groups'),
    ...keys.map((key) => entry(dnOf(uidOf(key), suffix), Object.entries(attributesOf(key)))),
    ...Object.entries(groups).map(group),
  ].join('');
}
