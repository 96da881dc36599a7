import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Hypervisor } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';

/** `/hypervisors`, for every role; `read` gives all of them. */
export function hypervisorRoutes(read: () => Promise<Hypervisor[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/hypervisors',
      roles: everyRole,
      summary: 'The hypervisors, and whether they answer',
      item: Hypervisor,
      order: ['id'],
      all: read,
    });
  };
}
