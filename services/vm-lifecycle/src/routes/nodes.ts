import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Node } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';

/** `/nodes`, for every role; `read` gives all nodes as they are now, with what is wanted of them and asked. */
export function nodeRoutes(read: () => Promise<Node[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/nodes',
      roles: everyRole,
      summary: 'The nodes of all hypervisors, what is wanted of them and what is asked',
      item: Node,
      order: ['id', 'node', 'hypervisor', 'online'],
      filters: ['hypervisor', 'online'],
      all: read,
    });
  };
}
