import type { Command } from 'commander';
import type { Static, TSchema } from 'typebox';
import type { Query } from '../api.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';

interface Listing<Item extends TSchema> {
  readonly path: string;
  readonly query?: Query;
  readonly item: Item;
  readonly columns: readonly Column<Static<Item>>[];
  /** What is said of an empty list. */
  readonly nothing: string;
}

/** The action of a command that lists all of `path`. */
export function listing<Item extends TSchema>(
  shell: Shell,
  { path, query, item, columns, nothing }: Listing<Item>,
): (options: object, command: Command) => Promise<void> {
  return (_, command) =>
    connected(command, shell, async ({ api, output }) => {
      const items = await api.list(path, item, query);
      output.answer(items, ...table(items, columns, output, nothing));
    });
}

/** A command that does nothing but that. */
export function listCommand<Item extends TSchema>(name: string, description: string, list: Listing<Item>) {
  return (program: Command, shell: Shell): void => {
    program.command(name).description(description).action(listing(shell, list));
  };
}
