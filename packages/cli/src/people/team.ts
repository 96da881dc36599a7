import { TeamResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { type Language, languageOf, languageOption } from '../language.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { findPerson } from './find-person.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

/** `team`, `team start`. */
export function addTeam(program: Command, shell: Shell): void {
  const team = program
    .command('team')
    .description('show who is of the infrateam: by its register, and by the directory');
  team
    .command('list', { isDefault: true })
    .description('list register and directory side by side, and what is to be changed in the directory')
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, (with_) => showTeam(with_, wordsIn[languageOf(lang, shell.env)])),
    );
  team
    .command('start')
    .argument('<uid...>', 'the people whom the infrateam begins with')
    .description(
      'begin the register of the team, where there is none and no group to take it from (root alone)',
    )
    .requiredOption('--board <uid>', 'the board member among them (BOARD-1)')
    .action((uids: string[], { board }: { board: string }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const people = await Promise.all([board, ...uids].map((uid) => findPerson(api, uid)));
        const ids = [...new Set(people.map(({ id }) => id))];
        await api.send('POST', '/api/v1/team', { people: ids, board: ids[0] }, Type.Unknown());
        await showTeam({ api, output }, wordsIn[languageOf(undefined, shell.env)]);
      }),
    );
}

async function showTeam({ api, output }: Connected, words: Words): Promise<void> {
  const members = await api.list('/api/v1/team', TeamResource);
  const sorted = members.toSorted((a, b) => whoIs(a).localeCompare(whoIs(b)));
  output.answer(sorted, ...teamLines(sorted, output, words));
}

function whoIs({ uid, person }: Pick<TeamResource, 'uid' | 'person'>): string {
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
    ...members.flatMap((member) =>
      member.awaited.flatMap((change) => ['', ...awaitedLines(member, change, words)]),
    ),
  ];
}

function columnsOf({
  team: { heads, ...words },
  register,
  groups,
  roles: roleNames,
}: Words): Column<TeamResource>[] {
  return [
    { head: heads.uid, of: whoIs },
    { head: heads.name, of: ({ name }) => name },
    {
      head: heads.register,
      of: (member) =>
        member.register &&
        [register[member.register], member.until && words.until(civilTime(member.until))]
          .filter(Boolean)
          .join(' '),
    },
    { head: heads.directory, of: (member) => member.groups.map((group) => groups[group]).join(', ') },
    { head: heads.roles, of: ({ roles }) => roles.map((role) => roleNames[role]).join(', ') },
    {
      head: heads.note,
      of: ({ differs, awaited }) =>
        [...(differs ? [words.differs] : []), ...(awaited.length > 0 ? [words.awaited] : [])].join(', '),
      style: ({ differs }) => (differs ? 'yellow' : 'dim'),
    },
  ];
}

function awaitedLines(
  member: TeamResource,
  awaited: TeamResource['awaited'][number],
  { team }: Words,
): string[] {
  const { group, change, since } = awaited;
  const said = team.changes[change](whoIs(member), group, civilTime(since));
  return [said, ...howLines(awaited, team)].map(printable);
}

/** Who makes the change, and with what. */
function howLines(
  { how, group, command, trouble }: TeamResource['awaited'][number],
  words: Words['team'],
): string[] {
  if (how === 'ours') return [words.ours, ...(trouble === undefined ? [] : [words.trouble(trouble)])];
  if (how === 'no-group') return [words.noGroup(group)];
  // At the first column: the end of a here-document must stand there.
  return command?.trimEnd().split('\n') ?? [words.commandUnknown];
}
