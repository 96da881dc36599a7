import type { PersonResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { NotFine } from '../errors.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { everybody, findPerson } from './find-person.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

export function peopleColumns({ people, roles, register }: Words): readonly Column<PersonResource>[] {
  const { heads } = people;
  return [
    { head: heads.uid, of: ({ uid, id }) => uid ?? id },
    { head: heads.name, of: ({ name }) => name },
    { head: heads.roles, of: (person) => person.roles.map((role) => roles[role]).join(', ') },
    { head: heads.register, of: (person) => person.register && register[person.register] },
    {
      head: heads.note,
      of: ({ enabled, tookUidOf }) =>
        [...(enabled ? [] : [people.isDisabled]), ...(tookUidOf === undefined ? [] : [people.hasUidOf])].join(
          ', ',
        ),
      style: ({ tookUidOf }) => (tookUidOf === undefined ? 'dim' : 'yellow'),
    },
  ];
}

/** `people`, `people show`, `people confirm`. */
export function addPeople(program: Command, shell: Shell): void {
  const group = program.command('people').description('list people, and what each of them may');
  group
    .command('list', { isDefault: true })
    .description('list everybody in the directory')
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const all = await everybody(api);
        const sorted = all.toSorted((a, b) => (a.uid ?? a.id).localeCompare(b.uid ?? b.id));
        output.answer(sorted, ...table(sorted, peopleColumns(words), output, words.people.nothing));
      }),
    );
  group
    .command('show')
    .argument('<uid>', 'as the directory has it, or the id of a person')
    .description('show one person: roles, and the groups that they come from')
    .addOption(languageOption())
    .action((uid: string, { lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const person = await findPerson(api, uid);
        const words = wordsIn[languageOf(lang, shell.env)];
        output.answer(person, ...personLines(person, words).map(printable));
      }),
    );
  addConfirm(group, shell);
}

function addConfirm(group: Command, shell: Shell): void {
  group
    .command('confirm')
    .argument('<uid>', 'of the person who has a uid that was of another before')
    .description('say that the team knows of it: this ends the violation, and gives no right of the other')
    .action((uid: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { id, uid: has = id, tookUidOf } = await findPerson(api, uid);
        if (tookUidOf === undefined)
          throw new NotFine(`${has} has no uid of another: there is nothing to confirm`);
        await api.send('POST', `/api/v1/people/${encodeURIComponent(id)}/confirmation`, {}, Type.Unknown());
        output.answer(
          { person: id, tookUidOf, confirmed: true },
          printable(`Noted: the team knows that ${has} is another person than who had that uid before.`),
        );
      }),
    );
}

export function personLines(person: PersonResource, { people, ...words }: Words): string[] {
  const { id, uid, name, enabled, register, since, tookUidOf } = person;
  const { labels } = people;
  const roles = person.roles.map((role) => words.roles[role]).join(', ');
  const groups = person.groups.map((each) => groupText(each, { people, ...words })).join('; ');
  const rows: [string, string][] = [
    [labels.account, enabled ? people.enabled : people.disabled],
    [labels.roles, roles || words.none],
    [labels.register, register === undefined ? people.notInRegister : words.register[register]],
    [labels.groups, groups || words.none],
    [labels.known, people.known(civilTime(since), id)],
    ...(tookUidOf === undefined
      ? []
      : ([
          [labels.note, people.tookUidOf(tookUidOf)],
          ['', people.toConfirm(uid ?? id)],
        ] satisfies [string, string][])),
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return [
    [uid ?? id, ...(name === undefined ? [] : [`(${name})`])].join(' '),
    ...rows.map(([label, text]) => `  ${label.padEnd(width)}${text}`),
  ];
}

function groupText({ group, path }: PersonResource['groups'][number], { people, groups }: Words): string {
  return path.length === 0 ? groups[group] : people.through(groups[group], path.join(' > '));
}
