import { TeamResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { type Language, languageOf, languageOption } from '../language.ts';
import { called } from '../people/called.ts';
import { findPerson } from '../people/find-person.ts';
import { uidsById } from '../people/uids.ts';
import { whichPerson } from '../people/which-person.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { addLeave } from './leave.ts';
import { addMemberActs, readMember } from './member-acts.ts';
import { memberLines } from './member-lines.ts';
import { teamLines, whoIs } from './team-lines.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

/** `team`, `team show`, `team start`, what is decided about its members, and `team leave`. */
export function addTeam(program: Command, shell: Shell): void {
  const team = program
    .command('team')
    .description('show who is of the infrateam, and decide about its members (TEAM-1, JOIN-3)');
  const list = team
    .command('list', { isDefault: true })
    .description('list register and directory side by side, and what is to be changed in the directory');
  carriesOut(list, shell, (asked) => showTeam(asked, asked.words));
  addShow(team, shell);
  addMemberActs(team, shell);
  addLeave(team, shell);
  addStart(team, shell);
}

async function showTeam({ api, output }: Connected, words: Words): Promise<void> {
  const members = await api.list('/api/v1/team', TeamResource);
  const sorted = members.toSorted((a, b) => whoIs(a).localeCompare(whoIs(b)));
  output.answer(sorted, ...teamLines(sorted, output, words));
}

function addShow(team: Command, shell: Shell): void {
  const show = team
    .command('show')
    .argument('<person>', 'by login name, or by id')
    .description('show one member: what is proposed, what is granted, and how it came about');
  carriesOut(show, shell, async ({ api, output, words, language }, reference) => {
    const { id } = await whichPerson(api, reference, language);
    const member = await readMember(api, id);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(member, ...memberLines(member, words, who, language));
  });
}

interface StartOptions {
  readonly board: string;
  readonly lang?: Language;
}

function addStart(team: Command, shell: Shell): void {
  const start = team
    .command('start')
    .argument('<uid...>', 'the people whom the infrateam begins with')
    .description(
      'begin the register of the team, where there is none and no group to take it from (root alone)',
    )
    .requiredOption('--board <uid>', 'the board member among them (BOARD-1)')
    .addOption(languageOption());
  start.action((uids: string[], { board, lang }: StartOptions, command: Command) =>
    connected(command, shell, async ({ api, output }) => {
      const people = await Promise.all([board, ...uids].map((uid) => findPerson(api, uid)));
      const ids = [...new Set(people.map(({ id }) => id))];
      await api.send('POST', '/api/v1/team', { people: ids, board: ids[0] }, Type.Unknown());
      await showTeam({ api, output }, wordsIn[languageOf(lang, shell.env)]);
    }),
  );
}
