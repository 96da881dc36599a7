import { Rule, Wish } from '@huismeester/contracts';
import type { Command } from 'commander';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';

const columns: readonly Column<Wish>[] = [
  { head: 'about', of: ({ about }) => about },
  { head: 'wanted', of: ({ state }) => state },
  { head: 'clause', of: ({ clause }) => clause },
  { head: 'reason', of: ({ reason }) => reason },
];

/** `preview`: what would be done right now if every clause was armed. */
export function addPreview(program: Command, shell: Shell): void {
  program
    .command('preview')
    .description('show which clauses are in dry-run, and what would be done right now if they were armed')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const [rules, wishes] = await Promise.all([
          api.list('/api/v1/rules', Rule),
          api.list('/api/v1/preview', Wish),
        ]);
        const would = table(wishes, columns, output, 'Nothing would be done now.');
        output.answer({ rules, wishes }, ...armed(rules), '', ...would);
      }),
    );
}

function armed(rules: readonly Rule[]): string[] {
  const dry = rules.filter(({ mode }) => mode === 'dry-run');
  if (dry.length === 0) return ['Every clause is armed.'];
  return [
    'In dry-run, so nothing is touched:',
    ...dry.map(
      ({ rule, clause, title }) => `  ${printable(`${rule}/${clause}`).padEnd(16)}  ${printable(title)}`,
    ),
  ];
}
