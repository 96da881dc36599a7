import type { GroupName, Role as RoleSchema } from '@huismeester/contracts';
import { type DirectoryPerson, type DirectoryRead, rolesOf } from '@huismeester/directory';
import type { Static } from 'typebox';
import type { Finding } from '../../check/finding.ts';
import { membersOf } from './groups.ts';

type Role = Static<typeof RoleSchema>;

interface Placed {
  readonly person: DirectoryPerson;
  readonly groups: ReadonlySet<GroupName>;
  readonly roles: readonly Role[];
}

const groupNames = ['participants', 'team', 'trial', 'board'] as const satisfies readonly GroupName[];

/** Who would have which role after a first start, which takes the register of the team from the groups (TEAM-1), and what is odd about that. */
export function roleFindings(read: DirectoryRead): Finding[] {
  const members = new Map(groupNames.map((group) => [group, membersOf(read, group)]));
  const placed = read.people.map((person): Placed => {
    const groups = new Set(groupNames.filter((group) => members.get(group)?.has(person.id)));
    const register = groups.has('team') ? 'full' : groups.has('trial') ? 'trial' : undefined;
    return { person, groups, roles: rolesOf({ enabled: person.enabled, groups, register }) };
  });
  const of = (role: Role) => placed.filter(({ roles }) => roles.includes(role));
  return [
    ...(['participant', 'infrateam', 'trial', 'board'] as const).map((role) => {
      const unknown = unknownOf(read, groupsOf[role]);
      if (unknown !== undefined) return { what: `directory: who would be ${role}`, warning: unknown };
      return {
        what: `directory: ${of(role).length} would be ${role}${role === 'participant' ? '' : listed(of(role))}`,
      };
    }),
    ...teamFindings(read, of('infrateam')),
    ...memberFindings(placed, read),
  ];
}

/** The groups that a role follows from: who is in those for trial and team both is no trial member. */
const groupsOf = {
  participant: ['participants'],
  infrateam: ['team'],
  trial: ['trial', 'team'],
  board: ['board'],
} as const satisfies { readonly [role in Role]?: readonly GroupName[] };

/** That it cannot be told, where one of these groups is unknown: to count its members as none would be wrong. */
function unknownOf({ groups }: DirectoryRead, names: readonly GroupName[]): string | undefined {
  const unknown = names.filter((name) => groups[name].state === 'unknown');
  if (unknown.length === 0) return undefined;
  const what = unknown.length === 1 ? 'the group' : 'the groups';
  return `cannot be told: ${what} for ${unknown.join(' and ')} ${unknown.length === 1 ? 'is' : 'are'} unknown`;
}

function listed(placed: readonly Placed[]): string {
  return placed.length === 0 ? '' : `: ${uids(placed)}`;
}

function uids(placed: readonly Placed[]): string {
  return placed
    .map(nameOf)
    .sort((a, b) => a.localeCompare(b))
    .join(', ');
}

/** Some have no uid, or none that may be read. */
function nameOf({ person }: Placed): string {
  return person.uid || person.id;
}

/** Nothing of it where settings name no such group: that is said already. */
function teamFindings(read: DirectoryRead, team: readonly Placed[]): Finding[] {
  const { groups } = read;
  const what = 'directory: a board member is of the infrateam (BOARD-1)';
  const unknown = unknownOf(read, ['team', 'board']);
  if (groups.team.state === 'not-set-up') return [];
  if (unknown !== undefined) return [{ what, warning: unknown }];
  if (team.length === 0) {
    return [
      {
        what: 'directory: somebody is of the infrateam',
        warning: 'nobody who is enabled is in its group',
        remedy: 'put them in that group; or, once Huismeester runs: huismeester team start UID… --board UID',
      },
    ];
  }
  if (groups.board.state === 'not-set-up') return [];
  if (team.some(({ roles }) => roles.includes('board'))) return [{ what }];
  return [
    {
      what,
      warning: 'nobody is in the groups for team and board both',
      remedy: 'directory: put a member of the board in the group for team (BOARD-1)',
    },
  ];
}

function memberFindings(placed: readonly Placed[], { groups: found }: DirectoryRead): Finding[] {
  const members = placed.filter(
    ({ groups }) => groups.has('team') || groups.has('trial') || groups.has('board'),
  );
  const disabled = members.filter(({ person }) => !person.enabled);
  const isTold = found.participants.state !== 'unknown';
  const strangers = members.filter(({ groups }) => isTold && !groups.has('participants'));
  return [
    ...warned('directory: who is in the group for team, trial or board is enabled', disabled, {
      is: 'disabled',
      remedy: 'directory: take who is disabled out of the groups for team, trial and board',
    }),
    ...warned('directory: who is in the group for team, trial or board is a participant', strangers, {
      is: 'no participant',
      remedy: 'directory: put members of team, trial and board in the group for participants, too',
    }),
  ];
}

function warned(
  what: string,
  who: readonly Placed[],
  { is, remedy }: { is: string; remedy: string },
): Finding[] {
  return who.length === 0 ? [] : [{ what, warning: `${is}: ${uids(who)}`, remedy }];
}
