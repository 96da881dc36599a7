import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Id, Ups } from '@huismeester/contracts';
import { itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';

/** The routes of ups-monitor: what is known of each UPS, for every role. */
export function upsRoutes(upses: () => readonly Ups[]): FastifyPluginAsyncTypebox {
  return async (app) => {
    const roles = everyRole;
    listRoute(app, {
      url: '/ups',
      roles,
      summary: 'All UPSes',
      item: Ups,
      order: ['id', 'charge_pct', 'runtime_s', 'load_pct'],
      filters: ['contact', 'mains'],
      all: upses,
    });
    itemRoute(app, {
      url: '/ups/:id',
      roles,
      summary: 'One UPS',
      item: Ups,
      params: Type.Object({ id: Id }),
      find: ({ id }) => upses().find((each) => each.id === id),
      missing: ({ id }) => {
        const known = upses().map((each) => each.id);
        return `There is no UPS "${id}"; there are: ${known.join(', ') || 'none'}`;
      },
    });
  };
}
