import { Token } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { NotFine } from '../errors.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { civilTime } from '../time.ts';
import { listing } from './listing.ts';

const path = '/api/v1/tokens';
const query = { role: 'display' };
const NewDisplay = Type.Object({
  ...Token.properties,
  secret: Type.String(),
  link: Type.Optional(Type.String()),
});

const columns: readonly Column<Token>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'created', of: ({ created }) => civilTime(created) },
  { head: 'by', of: ({ createdBy }) => createdBy },
  { head: 'last seen', of: ({ lastUsed }) => (lastUsed === undefined ? 'never' : civilTime(lastUsed)) },
  { head: 'name', of: ({ name }) => name },
];

/** `display add`, `display list`, `display remove`: screens on a wall, which read how the space is and nothing else. */
export function addDisplay(program: Command, shell: Shell): void {
  const display = program.command('display').description('screens on a wall, which show how the space is');
  display
    .command('add')
    .argument('<name>', 'where it hangs')
    .description('make the link to open on a screen; it is shown once, on standard output')
    .action((name: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const made = await api.send('POST', path, { name, role: 'display' }, NewDisplay);
        if (output.json) return output.value(made);
        output.note(printable(`Open this on the display ${made.name}; it is not shown again:`));
        if (made.link === undefined)
          output.note(
            'Put in front of it where the display reaches Huismeester; http.publicUrl says that to it.',
          );
        output.print(printable(made.link ?? `/display#${made.secret}`));
      }),
    );
  display
    .command('list')
    .description('list the displays')
    .action(listing(shell, { path, query, item: Token, columns, nothing: 'There is no display.' }));
  display
    .command('remove')
    .argument('<name>', 'its name or id, as `display list` shows them')
    .description('end the link of a display at once')
    .action((reference: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const all = await api.list(path, Token, query);
        const found = all.find(({ id }) => id === reference) ?? all.find(({ name }) => name === reference);
        if (found === undefined) {
          const names = all.map(({ name }) => name).join(', ');
          const there = all.length === 0 ? 'there is no display' : `there are: ${names}`;
          throw new NotFine(printable(`there is no display ${reference}; ${there}`));
        }
        await api.delete(`${path}/${encodeURIComponent(found.id)}`);
        output.answer({ id: found.id, removed: true }, printable(`The display ${found.name} is removed.`));
      }),
    );
}
