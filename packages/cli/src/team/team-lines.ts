import type { TeamResource } from '@huismeester/contracts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import type { Words } from './words-en.ts';

/** What somebody of the team is called: the uid, or the id while that is not known. */
export function whoIs({ uid, person }: Pick<TeamResource, 'uid' | 'person'>): string {
  return uid ?? person;
}

/** The table, then each change that the directory is to get, with its command as it can be pasted. */
export function teamLines(
  members: readonly TeamResource[],
  output: Pick<Output, 'width' | 'paint'>,
  words: Words,
): string[] {
  return [
    ...table(members, columnsOf(words), output, words.team.nothing),
    ...members.flatMap((member) => awaitedLines(member, words)),
  ];
}

/** Where somebody stands in the register, such as `on trial until 2027-01-21 12:00:00`; undefined for who is not in it. */
export function inRegister(
  { register: state, until }: TeamResource,
  { register, team }: Words,
): string | undefined {
  if (state === undefined) return undefined;
  return until === undefined ? register[state] : `${register[state]} ${team.until(civilTime(until))}`;
}

function columnsOf(words: Words): Column<TeamResource>[] {
  const { team, groups, roles: roleNames } = words;
  const { heads } = team;
  return [
    { head: heads.uid, of: whoIs },
    { head: heads.name, of: ({ name }) => name },
    { head: heads.register, of: (member) => inRegister(member, words) },
    { head: heads.directory, of: (member) => member.groups.map((group) => groups[group]).join(', ') },
    { head: heads.roles, of: ({ roles }) => roles.map((role) => roleNames[role]).join(', ') },
    {
      head: heads.note,
      of: ({ differs, awaited }) =>
        [...(differs ? [team.differs] : []), ...(awaited.length > 0 ? [team.awaited] : [])].join(', '),
      style: ({ differs }) => (differs ? 'yellow' : 'dim'),
    },
  ];
}

/** Each change that the groups of somebody are to get: an empty line, what it is, and who makes it with what. */
export function awaitedLines(member: TeamResource, words: Words): string[] {
  const { team } = words;
  return member.awaited.flatMap((change) => [
    '',
    printable(team.changes[change.change](whoIs(member), change.group, civilTime(change.since))),
    ...howLines(change, words).map(printable),
  ]);
}

/** Who makes the change, and with what. */
function howLines({ how, group, command, trouble }: TeamResource['awaited'][number], words: Words): string[] {
  const { team } = words;
  if (how === 'ours') return [team.ours, ...(trouble === undefined ? [] : [team.trouble(trouble)])];
  if (how === 'no-group') return [team.noGroup(group)];
  // At the first column: the end of a here-document must stand there.
  return command === undefined ? [team.commandUnknown] : team.commandLines(command);
}
