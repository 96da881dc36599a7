import type { GroupName, LdapSettings } from '@huismeester/contracts';
import type { DirectoryRead, GroupRead } from '../directory.ts';
import type { Connection } from './connection.ts';
import { groupOf } from './group-entry.ts';
import { type AdminRoot, mostLevels, type Roots, readMembers, readRoots } from './groups.ts';
import { type Known, membersOf } from './members.ts';
import { type People, readPeople } from './people.ts';

/** All that one read found: what others are told, and how it is written in the directory. */
export interface WholeRead {
  readonly read: DirectoryRead;
  readonly people: People;
  readonly roots: Roots;
  readonly known: Known;
}

/** People and groups. Rejects with a DirectoryError where anything could not be read whole. */
export async function readAll(connection: Connection, settings: LdapSettings): Promise<WholeRead> {
  const [people, roots] = await Promise.all([
    readPeople(connection, settings),
    readRoots(connection, settings),
  ]);
  const known = await readMembers(connection, settings, { people, roots });
  const everybody: GroupRead = {
    state: 'known',
    members: new Map(people.found.map(({ person }) => [person.id, []])),
    byUid: new Set(),
    dangling: [],
  };
  const group = (name: GroupName | AdminRoot) => groupRead(name, roots, known);
  const { admins = [] } = settings.groups;
  const read: DirectoryRead = {
    people: people.found.map(({ person }) => person),
    groups: {
      participants: roots.has('participants') ? group('participants') : everybody,
      team: group('team'),
      trial: group('trial'),
      board: group('board'),
    },
    admins: admins.map((name, index) => ({ name, read: group(`admins.${index}`) })),
    skipped: people.skipped,
  };
  return { read, people, roots, known };
}

function groupRead(name: GroupName | AdminRoot, roots: Roots, known: Known): GroupRead {
  if (!roots.has(name)) return { state: 'not-set-up' };
  const entry = roots.get(name);
  const setting = `directory.ldap.groups.${name}`;
  if (!entry)
    return { state: 'unknown', detail: `there is no such entry, or none that we may read: see ${setting}` };
  if (entry === 'hidden')
    return { state: 'unknown', detail: `the entry is there, and may not be read: see ${setting}` };
  const group = groupOf(entry);
  if (!group) return { state: 'unknown', detail: `the entry is no group: see ${setting}` };
  return membersOf(group, known, mostLevels);
}
