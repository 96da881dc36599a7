import { Clause, Node, Rule } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import type { Style } from '../output.ts';
import type { Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { listCommand, listing } from './listing.ts';

export const addNodes = listCommand(
  'nodes',
  'list the nodes of the hypervisors, whether each is online, and what is wanted of it',
  {
    path: '/api/v1/nodes',
    item: Node,
    columns: [
      { head: 'id', of: ({ id }) => id },
      { head: 'node', of: ({ hypervisor, node }) => `${hypervisor}/${node}` },
      {
        head: 'status',
        of: ({ online }) => (online ? 'online' : 'offline'),
        style: ({ online }) => (online ? 'green' : 'red'),
      },
      { head: 'wanted', of: ({ desired }) => desired },
      { head: 'what is being done', of: ({ act }) => act },
    ],
    nothing: 'No node was seen yet.',
  },
);

const clauseStyles: { readonly [status in Clause['status']]: Style } = {
  kept: 'green',
  violated: 'red',
  accepted: 'yellow',
  'dry-run': 'dim',
  unknown: 'yellow',
  'not-set-up': 'dim',
};

/** `huismeester clauses`. */
export function addClauses(program: Command, shell: Shell): void {
  program
    .command('clauses')
    .description('list the clauses of the infra policy, what watches each, and how it stands')
    .addOption(languageOption())
    .action((options: { lang?: Language }, command: Command) => {
      const language = languageOf(options.lang, shell.env);
      return listing(shell, {
        path: '/api/v1/clauses',
        item: Clause,
        columns: [
          { head: 'clause', of: ({ clause }) => clause },
          { head: 'status', of: ({ status }) => status, style: ({ status }) => clauseStyles[status] },
          { head: 'watched by', of: ({ watchedBy }) => watchedBy.join(', ') },
          { head: 'what it asks for', of: ({ title, titles }) => titles?.[language] ?? title },
          { head: 'detail', of: ({ detail }) => detail },
        ],
        nothing: 'The infra policy has no clauses.',
      })(options, command);
    });
}

export const addRules = listCommand('rules', 'list the clauses that act, and which of them are armed', {
  path: '/api/v1/rules',
  item: Rule,
  columns: [
    { head: 'rule/clause', of: ({ rule, clause }) => `${rule}/${clause}` },
    { head: 'mode', of: ({ mode }) => mode, style: ({ mode }) => (mode === 'enforce' ? 'yellow' : 'dim') },
    { head: 'since', of: ({ since }) => since && civilTime(since) },
    { head: 'by', of: ({ by }) => by },
    { head: 'what it does', of: ({ title }) => title },
  ],
  nothing: 'No clause acts.',
});
