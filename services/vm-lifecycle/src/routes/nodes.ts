import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Node } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import { readers } from './roles.ts';

/** `/nodes`; `read` gives all nodes as they are now, with what is wanted of them and asked. */
export function nodeRoutes(read: () => Promise<Node[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/nodes',
      roles: readers,
      summary: 'The nodes of all hypervisors, what is wanted of them and what is asked',
      item: Node,
      order: ['id', 'node', 'hypervisor', 'online'],
      filters: ['hypervisor', 'online'],
      all: read,
    });
  };
}
