import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Template } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import { type Offered, templateResource } from '../core/templates.ts';

/** `/templates`, for every role. */
export function templateRoutes(offered: readonly Offered[]): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/templates',
      roles: everyRole,
      summary: 'What a VM can be made of',
      item: Template,
      order: ['id', 'name', 'hypervisor', 'kind'],
      filters: ['hypervisor', 'kind'],
      all: () => offered.map(templateResource),
    });
  };
}
