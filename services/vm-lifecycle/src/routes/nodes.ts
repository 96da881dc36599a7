import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Id, Node, page } from '@huismeester/contracts';
import { listQuery, pageOfAll } from '@huismeester/service';
import { Type } from 'typebox';
import { readers } from './roles.ts';

const Filters = listQuery(['id', 'node', 'hypervisor', 'online'], {
  hypervisor: Type.Optional(Id),
  online: Type.Optional(Type.Boolean()),
});

/** `/nodes`; `read` gives all nodes as they are now, with what is wanted of them and asked. */
export function nodeRoutes(read: () => Promise<Node[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/nodes',
      {
        config: readers,
        schema: {
          summary: 'The nodes of all hypervisors, what is wanted of them and what is asked',
          querystring: Filters,
          response: { 200: page(Node) },
        },
      },
      async (request) => {
        const { hypervisor, online } = request.query;
        const fits = (node: Node): boolean =>
          (hypervisor === undefined || node.hypervisor === hypervisor) &&
          (online === undefined || node.online === online);
        return pageOfAll(request, (await read()).filter(fits));
      },
    );
  };
}
