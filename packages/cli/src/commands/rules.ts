import { Rule } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { civilTime } from '../time.ts';
import { listing } from './listing.ts';

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
    .action(listing(shell, '/api/v1/rules', Rule, columns, 'No clause acts.'));
}
