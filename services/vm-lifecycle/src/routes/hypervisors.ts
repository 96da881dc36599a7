import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Hypervisor, page } from '@huismeester/contracts';
import { listQuery, pageOfAll } from '@huismeester/service';
import { readers } from './roles.ts';

/** `/hypervisors`; `read` gives all of them. */
export function hypervisorRoutes(read: () => Promise<Hypervisor[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/hypervisors',
      {
        config: readers,
        schema: {
          summary: 'The hypervisors, and whether they answer',
          querystring: listQuery(['id'], {}),
          response: { 200: page(Hypervisor) },
        },
      },
      async (request) => pageOfAll(request, await read()),
    );
  };
}
