import type { GroupName, LdapSettings } from '@huismeester/contracts';
import { PresenceFilter } from 'ldapts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { attributesOfGroup, type GroupEntry, groupOf, memberDns } from './group-entry.ts';
import { idOf } from './id.ts';
import type { Known, Member } from './members.ts';
import type { People } from './people.ts';

/** Groups within groups are followed so far. */
export const mostLevels = 8;

/** Base searches that are in flight at the same time. slapd queues 100 for somebody who is not logged in. */
const inFlight = 32;

const everything = new PresenceFilter({ attribute: 'objectClass' });

/** The entries that settings name as groups, as {@link Connection.get} has them. */
export type Roots = ReadonlyMap<GroupName | AdminRoot, Entry | 'hidden' | undefined>;

/** The key of a group of those that administer something: where it stands in the settings. */
export type AdminRoot = `admins.${number}`;

/** The group that settings name, where it is there and is one. */
export function groupAt(root: Entry | 'hidden' | undefined): GroupEntry | undefined {
  return root === undefined || root === 'hidden' ? undefined : groupOf(root);
}

export async function readRoots(connection: Connection, { groups }: LdapSettings): Promise<Roots> {
  const { admins = [], ...single } = groups;
  const named = [
    ...Object.entries(single).filter((each): each is [GroupName, string] => each[1] !== undefined),
    ...admins.map((dn, index) => [`admins.${index}`, dn] as const),
  ];
  return new Map(
    await Promise.all(
      named.map(async ([name, dn]) => {
        const what = `the search of a group (directory.ldap.groups.${name})`;
        return [name, await connection.get(dn, attributesOfGroup, everything, what)] as const;
      }),
    ),
  );
}

/**
 * What all members of the groups are, level by level. The server itself matches a DN that is not written as the one of a person: case,
 * blanks and escapes are its business. Rejects with a DirectoryError where one cannot be told.
 */
export async function readMembers(
  connection: Connection,
  settings: LdapSettings,
  { people, roots }: { people: People; roots: Roots },
): Promise<Known> {
  const byId = new Map(people.found.map(({ person }) => [person.id, person]));
  const members = new Map<string, Member>(
    people.found.map(({ dn, person }) => [dn, { kind: 'person', id: person.id }]),
  );
  const attributes = [settings.attributes.id, ...attributesOfGroup];
  const resolve = async (dn: string): Promise<GroupEntry | undefined> => {
    const entry = await connection.get(dn, attributes, everything, 'the search of a member of a group');
    if (entry === 'hidden') {
      members.set(dn, { kind: 'hidden' });
      return undefined;
    }
    const id = entry && idOf(entry, settings.attributes.id);
    const group = entry && groupOf(entry);
    if (id !== undefined && byId.has(id)) members.set(dn, { kind: 'person', id });
    else if (group) members.set(dn, { kind: 'group', group });
    else members.set(dn, { kind: entry ? 'stranger' : 'nobody' });
    return group;
  };
  let level = [...roots.values()].flatMap((entry) => groupAt(entry) ?? []);
  for (let depth = 0; depth <= mostLevels && level.length > 0; depth += 1) {
    const asked = [...new Set(level.flatMap(memberDns))].filter((dn) => !members.has(dn));
    const found = await inTurns(asked, resolve);
    level = found.filter((group) => group !== undefined);
  }
  return {
    members,
    byUid: new Map(people.found.flatMap(({ uids, person }) => uids.map((uid) => [uid, person.id]))),
  };
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return results;
}
