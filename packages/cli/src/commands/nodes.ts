import { Node } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { listing } from './listing.ts';

const columns: readonly Column<Node>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'node', of: ({ hypervisor, node }) => `${hypervisor}/${node}` },
  {
    head: 'status',
    of: ({ online }) => (online ? 'online' : 'offline'),
    style: ({ online }) => (online ? 'green' : 'red'),
  },
  { head: 'wanted', of: ({ desired }) => desired },
  { head: 'what is being done', of: ({ act }) => act },
];

/** `nodes`: the nodes of the hypervisors, whether each is online, and what is wanted of it. */
export function addNodes(program: Command, shell: Shell): void {
  program
    .command('nodes')
    .description('list the nodes of the hypervisors, whether each is online, and what is wanted of it')
    .action(listing(shell, '/api/v1/nodes', Node, columns, 'No node was seen yet.'));
}
