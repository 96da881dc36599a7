import type { PersonResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { NotFine } from '../errors.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { everybody, findPerson } from './find-person.ts';
import { english } from './words-en.ts';

export const peopleColumns: readonly Column<PersonResource>[] = [
  { head: 'uid', of: ({ uid, id }) => uid ?? id },
  { head: 'name', of: ({ name }) => name },
  { head: 'roles', of: ({ roles }) => roles.join(', ') },
  { head: 'register', of: ({ register }) => register && english.register[register] },
  { head: 'note', of: noteOf, style: ({ tookUidOf }) => (tookUidOf === undefined ? 'dim' : 'yellow') },
];

function noteOf({ enabled, tookUidOf }: PersonResource): string {
  return [
    ...(enabled ? [] : ['disabled']),
    ...(tookUidOf === undefined ? [] : ['has the uid of another']),
  ].join(', ');
}

/** `people`, `people show`, `people confirm`. */
export function addPeople(program: Command, shell: Shell): void {
  const group = program.command('people').description('list people, and what each of them may');
  group
    .command('list', { isDefault: true })
    .description('list everybody in the directory')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const all = await everybody(api);
        const sorted = all.toSorted((a, b) => (a.uid ?? a.id).localeCompare(b.uid ?? b.id));
        const nothing = 'Nobody is known yet: `huismeester directory` says why.';
        output.answer(sorted, ...table(sorted, peopleColumns, output, nothing));
      }),
    );
  group
    .command('show')
    .argument('<uid>', 'as the directory has it, or the id of a person')
    .description('show one person: roles, and the groups that they come from')
    .action((uid: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const person = await findPerson(api, uid);
        output.answer(person, ...personLines(person).map(printable));
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

export function personLines(person: PersonResource): string[] {
  const { id, uid, name, enabled, roles, groups, register, since, tookUidOf } = person;
  return [
    [uid ?? id, ...(name === undefined ? [] : [`(${name})`])].join(' '),
    `  account   ${enabled ? 'enabled' : 'disabled: may nothing'}`,
    `  roles     ${roles.join(', ') || 'none'}`,
    `  register  ${register === undefined ? 'not in it' : english.register[register]}`,
    `  groups    ${groups.map(groupText).join('; ') || 'none'}`,
    `  known     since ${civilTime(since)}, as ${id}`,
    ...(tookUidOf === undefined
      ? []
      : [
          `  note      has the uid that was of ${tookUidOf}, and is another person: nothing of that one is inherited.`,
          `            If the team knows of it: \`huismeester people confirm ${uid ?? id}\``,
        ]),
  ];
}

function groupText({ group, path }: PersonResource['groups'][number]): string {
  return path.length === 0 ? english.groups[group] : `${english.groups[group]}, through ${path.join(' > ')}`;
}
