import { Node } from '@huismeester/contracts';
import type { Command } from 'commander';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';

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
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const nodes = await api.list('/api/v1/nodes', Node);
        if (output.json) output.value(nodes);
        else output.print(...table(nodes, columns, output, 'No node was seen yet.'));
      }),
    );
}
