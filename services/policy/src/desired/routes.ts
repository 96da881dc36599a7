import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Decision, everyRole, Mode } from '@huismeester/contracts';
import { itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { decisionById, listDecisions } from './decisions.ts';
import type { PowerTarget } from './target.ts';

const roles = everyRole;

/** Routes of the decisions about VMs and nodes. */
export function decisionRoutes({ database }: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/decisions',
      roles,
      summary: 'Decisions about VMs and nodes, newest first',
      item: Decision,
      order: ['-time'],
      filters: ['target', 'state', 'clause'],
      query: {
        mode: Type.Optional(
          Type.Enum(Mode.enum, {
            description: '`dry-run`: what was only rehearsed; `enforce`: what was acted upon',
          }),
        ),
        correlation: Type.Optional(Type.String({ format: 'uuid' })),
      },
      page: ({ target, ...query }) =>
        listDecisions(database.orm, {
          ...query,
          ...(target !== undefined && { target: target as PowerTarget }),
        }),
    });
    itemRoute(app, {
      url: '/decisions/:id',
      roles,
      summary: 'One decision',
      item: Decision,
      params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      find: ({ id }) => decisionById(database.orm, id),
      missing: ({ id }) => `There is no decision ${id}`,
    });
  };
}
