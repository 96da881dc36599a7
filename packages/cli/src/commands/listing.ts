import type { Command } from 'commander';
import type { Static, TSchema } from 'typebox';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';

/** The action of a command that lists all of `path`; of an empty list it says `nothing`. */
export function listing<Item extends TSchema>(
  shell: Shell,
  path: string,
  item: Item,
  columns: readonly Column<Static<Item>>[],
  nothing: string,
): (options: object, command: Command) => Promise<void> {
  return (_, command) =>
    connected(command, shell, async ({ api, output }) => {
      const items = await api.list(path, item);
      output.answer(items, ...table(items, columns, output, nothing));
    });
}
