import type { GroupName } from '@huismeester/contracts';
import type { DirectoryRead, GroupRead } from '@huismeester/directory';
import type { Finding } from '../../check/finding.ts';

const names: readonly GroupName[] = ['participants', 'team', 'trial', 'board'];

/** Who is in a group; of participants everybody where settings name no group of them. */
export function membersOf({ people, groups }: DirectoryRead, group: GroupName): ReadonlySet<string> {
  const found = groups[group];
  if (found.state === 'known') return new Set(found.members.keys());
  const isEverybody = group === 'participants' && found.state === 'not-set-up';
  return new Set(isEverybody ? people.map(({ id }) => id) : []);
}

/** What could be told of each group, and its members that are nobody. */
export function groupFindings({ groups }: DirectoryRead): Finding[] {
  return names.flatMap((group) => findingsOf(group, groups[group]));
}

function findingsOf(group: GroupName, found: GroupRead): Finding[] {
  const what = `directory: the group for ${group}`;
  if (found.state === 'not-set-up') return notSetUp(group, what);
  if (found.state === 'unknown') {
    return [
      {
        what,
        problem: `who is in it cannot be told: ${found.detail}`,
        remedy: `directory: correct groups.${group}, or give the account that reads it the right to see its members`,
      },
    ];
  }
  const { members, dangling } = found;
  return [
    { what: `${what} has ${members.size === 1 ? '1 member' : `${members.size} members`}` },
    ...(dangling.length === 0
      ? []
      : [
          {
            what: `${what}: everybody in it is a person of the directory`,
            warning: `not so: ${dangling.join('; ')}`,
            remedy: `directory: take out of the group for ${group} who is there no more, or give them a place below base`,
          },
        ]),
  ];
}

function notSetUp(group: GroupName, what: string): Finding[] {
  if (group === 'participants') return [{ what: `${what}: none is named, so everybody is a participant` }];
  if (group === 'trial') return [];
  const follows =
    group === 'team' ? 'so nobody can be of the infrateam' : 'so nobody is known as of the board';
  return [
    {
      what,
      warning: `settings name none, ${follows}`,
      remedy: `in space.yaml: name it in directory, as groups.${group}`,
    },
  ];
}
