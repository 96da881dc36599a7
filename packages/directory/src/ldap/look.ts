import type { LdapSettings } from '@huismeester/contracts';
import { FilterParser } from 'ldapts';
import { DirectoryError } from '../directory.ts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { attributesOfGroup, type GroupEntry, groupOf } from './group-entry.ts';

/** Filters of people, the usual one first; the other is for Active Directory, whose computers are users. */
const peopleFilters = [
  '(|(objectClass=inetOrgPerson)(objectClass=posixAccount))',
  '(&(objectClass=user)(!(objectClass=computer)))',
];

const groupClasses = [
  'groupOfNames',
  'groupOfUniqueNames',
  'groupOfMembers',
  'groupOfURLs',
  'posixGroup',
  'group',
];
const unitClasses = ['organizationalUnit', 'container', 'nsContainer'];
const ofClasses = (classes: readonly string[]) =>
  `(|${classes.map((each) => `(objectClass=${each})`).join('')})`;

type Attributes = LdapSettings['attributes'];

/** For each attribute of the settings those that may be it, the best first. */
const candidates = {
  id: ['entryUUID', 'objectGUID', 'ipaUniqueID', 'nsUniqueId'],
  uid: ['uid', 'sAMAccountName'],
  name: ['displayName', 'cn'],
  mail: ['mail'],
  sshKeys: ['sshPublicKey', 'ipaSshPubKey', 'altSecurityIdentities'],
} as const satisfies Record<keyof Attributes, readonly string[]>;

/** What stands below a naming context. */
export interface Seen {
  readonly filter: string;
  readonly people: readonly Entry[];
  readonly units: readonly Entry[];
  readonly groups: readonly GroupEntry[];
}

/** Below which DNs the server has entries, the main one first. */
export async function namingContexts(connection: Connection): Promise<readonly string[]> {
  const attributes = ['namingContexts', 'defaultNamingContext'];
  const root = await connection.get(
    '',
    attributes,
    FilterParser.parseString('(objectClass=*)'),
    'the root entry',
  );
  if (!root || root === 'hidden') return [];
  const all = [...root.texts('defaultNamingContext'), ...root.texts('namingContexts')];
  return [...new Set(all.filter((each) => each !== ''))];
}

/** People, units and groups below a DN, or what to say where it cannot be read. */
export async function seenBelow(connection: Connection, base: string): Promise<Seen | string> {
  const search = (filter: string, attributes: string[], what: string) =>
    connection.search(
      { base, scope: 'sub', filter: FilterParser.parseString(filter), attributes, what, partly: true },
      (entry) => entry,
    );
  try {
    let [filter = ''] = peopleFilters;
    let people: Entry[] = [];
    for (const each of peopleFilters) {
      people = await search(each, Object.values(candidates).flat(), 'the search of people');
      if (people.length === 0) continue;
      filter = each;
      break;
    }
    const units = await search(ofClasses(unitClasses), ['ou'], 'the search of units');
    const groups = await search(ofClasses(groupClasses), attributesOfGroup, 'the search of groups');
    return { filter, people, units, groups: groups.flatMap((entry) => groupOf(entry) ?? []) };
  } catch (error) {
    if (!(error instanceof DirectoryError) || error.reason === 'no-answer') throw error;
    return error.reason === 'base-gone'
      ? `nothing below ${base} may be read: log in as somebody who may (bindDn)`
      : `below ${base}: ${error.message}`;
  }
}

/** The smallest unit that has everybody in it, or else `base`. The server writes all these DNs, and in one way. */
export function smallestBase({ people, units }: Seen, base: string): string {
  const holds = (dn: string) =>
    people.every((each) => each.dn.toLowerCase().endsWith(`,${dn.toLowerCase()}`));
  return units
    .map(({ dn }) => dn)
    .filter((dn) => people.length > 0 && holds(dn))
    .reduce((best, dn) => (dn.length > best.length ? dn : best), base);
}

/** The attributes that people have: an id that everybody has, and of the others the first that anybody has. */
export function attributesInUse(people: readonly Entry[]): Partial<Attributes> {
  const has = (attribute: string) => (entry: Entry) => entry.bytes(attribute).length > 0;
  const id = candidates.id.find((each) => people.length > 0 && people.every(has(each)));
  const inUse = (names: readonly string[]) => names.find((each) => people.some(has(each)));
  const rest = {
    uid: inUse(candidates.uid),
    name: inUse(candidates.name),
    mail: inUse(candidates.mail),
    sshKeys: inUse(candidates.sshKeys),
  };
  const found = Object.entries(rest).filter(([, attribute]) => attribute !== undefined);
  return { ...(id && { id }), ...Object.fromEntries(found) };
}
