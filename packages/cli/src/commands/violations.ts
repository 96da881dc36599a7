import { Violation } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Style } from '../output.ts';
import type { Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { civilTime } from '../time.ts';
import { listing } from './listing.ts';

export const severityStyles: { readonly [severity in Violation['severity']]: Style } = {
  serious: 'red',
  warning: 'yellow',
};

const columns: readonly Column<Violation>[] = [
  { head: 'since', of: ({ since }) => civilTime(since) },
  { head: 'severity', of: ({ severity }) => severity, style: ({ severity }) => severityStyles[severity] },
  { head: 'about', of: ({ about }) => about },
  { head: 'clause', of: ({ clause }) => clause },
  { head: 'reason', of: ({ reason }) => reason },
  {
    head: 'accepted until',
    of: ({ accepted }) => (accepted ? civilTime(accepted.until) : undefined),
  },
  { head: 'id', of: ({ violation }) => violation },
];

/** `violations`: what is not as the policy wants it. That is no failure of the command. */
export function addViolations(program: Command, shell: Shell): void {
  program
    .command('violations')
    .description('list what is not as the policy wants it')
    .action(
      listing(shell, '/api/v1/violations', Violation, columns, 'Everything is as the policy wants it.'),
    );
}
