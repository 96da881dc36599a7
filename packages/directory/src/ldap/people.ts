import type { LdapSettings } from '@huismeester/contracts';
import { AndFilter, type Filter, FilterParser } from 'ldapts';
import { DirectoryError, type DirectoryPerson, normalUid } from '../directory.ts';
import { loginsAmong } from '../logins.ts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { idOf } from './id.ts';

/** A person, and how its entry is written in groups. */
export interface Found {
  readonly person: DirectoryPerson;
  readonly dn: string;
  /** Every uid that it alone has, as they are compared. */
  readonly uids: readonly string[];
  /** Every mail address, as logins are compared. */
  readonly mails: readonly string[];
}

export interface People {
  readonly found: readonly Found[];
  readonly skipped: number;
}

/** The attributes that a person is made of. */
export function attributesOfPerson({ attributes, disabled }: LdapSettings): string[] {
  return [...new Set([...Object.values(attributes), ...Object.keys(disabled)])];
}

/** The filter of the settings, and others besides. Throws a {@link DirectoryError} where it is none. */
export function peopleFilter({ filter }: LdapSettings, ...more: readonly Filter[]): Filter {
  let people: Filter;
  try {
    people = FilterParser.parseString(filter);
  } catch {
    throw new DirectoryError(
      'failed',
      `directory.ldap.filter is ${filter}, which is no filter of LDAP (RFC 4515)`,
    );
  }
  return more.length === 0 ? people : new AndFilter({ filters: [people, ...more] });
}

/** Everybody below the base. */
export async function readPeople(connection: Connection, settings: LdapSettings): Promise<People> {
  const search = {
    base: settings.base,
    scope: 'sub' as const,
    filter: peopleFilter(settings),
    attributes: attributesOfPerson(settings),
    what: 'the search of all people (directory.ldap.base)',
  };
  const all = await connection.search(search, (entry) => foundOf(entry, settings));
  return peopleOf(all, settings);
}

/** Throws a {@link DirectoryError} where two have the same id, or where nobody has a uid. */
function peopleOf(all: readonly Found[], { attributes }: LdapSettings): People {
  const ids = new Set<string>();
  const byUid = new Map<string, number>();
  for (const { person, uids } of all) {
    if (ids.has(person.id))
      throw new DirectoryError(
        'incomplete',
        `two people have the same ${attributes.id} (directory.ldap.attributes.id)`,
      );
    ids.add(person.id);
    for (const uid of uids) byUid.set(uid, (byUid.get(uid) ?? 0) + 1);
  }
  // Who shares a uid is still somebody, by the id; the uid stands for neither of them.
  const loginsOf = loginsAmong(all);
  const found = all.map((each) => ({
    ...each,
    person: { ...each.person, logins: loginsOf(each) },
    uids: each.uids.filter((uid) => byUid.get(uid) === 1),
  }));
  if (all.length > 0 && byUid.size === 0)
    throw new DirectoryError(
      'incomplete',
      `nobody has a ${attributes.uid} (directory.ldap.attributes.uid), or none that we may read`,
    );
  return { found, skipped: found.filter(({ uids }) => uids.length === 0).length };
}

/** The person of an entry; its uid is empty where it has none, and its logins are not known from it alone. Throws a {@link DirectoryError} where it has no id. */
export function foundOf(entry: Entry, { attributes, disabled }: LdapSettings): Found {
  const id = idOf(entry, attributes.id);
  if (id === undefined)
    throw new DirectoryError(
      'incomplete',
      `somebody has no ${attributes.id} (directory.ldap.attributes.id), or none that we may read`,
    );
  const uids = entry.texts(attributes.uid).filter((uid) => normalUid(uid) !== '');
  const mails = entry.texts(attributes.mail);
  const [name] = entry.texts(attributes.name);
  const person: DirectoryPerson = {
    id,
    uid: uids[0] ?? '',
    ...(name !== undefined && { name }),
    mails,
    logins: [],
    enabled: !Object.entries(disabled).some(([attribute, values]) => hasOne(entry.texts(attribute), values)),
    sshKeys: entry.texts(attributes.sshKeys),
  };
  return {
    person,
    dn: entry.dn,
    uids: [...new Set(uids.map(normalUid))],
    mails: mails.map(normalUid).filter((mail) => mail !== ''),
  };
}

function hasOne(found: readonly string[], values: readonly string[]): boolean {
  return found.some((each) => values.some((value) => value.toLowerCase() === each.toLowerCase()));
}
