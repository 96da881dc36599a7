import { Clause } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Style } from '../output.ts';
import type { Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { listing } from './listing.ts';

const styles: { readonly [status in Clause['status']]: Style } = {
  kept: 'green',
  violated: 'red',
  accepted: 'yellow',
  'dry-run': 'dim',
  unknown: 'yellow',
  'not-set-up': 'dim',
};

const columns: readonly Column<Clause>[] = [
  { head: 'clause', of: ({ clause }) => clause },
  { head: 'status', of: ({ status }) => status, style: ({ status }) => styles[status] },
  { head: 'watched by', of: ({ watchedBy }) => watchedBy.join(', ') },
  { head: 'what it asks for', of: ({ title }) => title },
  { head: 'detail', of: ({ detail }) => detail },
];

/** `clauses`: every clause of the infra policy, what watches it, and how it stands. */
export function addClauses(program: Command, shell: Shell): void {
  program
    .command('clauses')
    .description('list the clauses of the infra policy, what watches each, and how it stands')
    .action(listing(shell, '/api/v1/clauses', Clause, columns, 'The infra policy has no clauses.'));
}
