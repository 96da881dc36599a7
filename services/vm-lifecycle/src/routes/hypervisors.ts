import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Hypervisor } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import { readers } from './roles.ts';

/** `/hypervisors`; `read` gives all of them. */
export function hypervisorRoutes(read: () => Promise<Hypervisor[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/hypervisors',
      roles: readers,
      summary: 'The hypervisors, and whether they answer',
      item: Hypervisor,
      order: ['id'],
      all: read,
    });
  };
}
