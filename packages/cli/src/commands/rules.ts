import { Rule } from '@huismeester/contracts';
import type { Command } from 'commander';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';

const columns: readonly Column<Rule>[] = [
  { head: 'rule/clause', of: ({ rule, clause }) => `${rule}/${clause}` },
  {
    head: 'mode',
    of: ({ mode }) => mode,
    style: ({ mode }) => (mode === 'enforce' ? 'yellow' : 'dim'),
  },
  { head: 'since', of: ({ since }) => (since === undefined ? undefined : civilTime(since)) },
  { head: 'by', of: ({ by }) => by },
  { head: 'what it does', of: ({ title }) => title },
];

/** `rules`: the clauses that act, and which of them are armed. */
export function addRules(program: Command, shell: Shell): void {
  program
    .command('rules')
    .description('list the clauses that act, and which of them are armed')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const rules = await api.list('/api/v1/rules', Rule);
        if (output.json) output.value(rules);
        else output.print(...table(rules, columns, output, 'No clause acts.'));
      }),
    );
}
