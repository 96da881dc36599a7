import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Impact, ItemId } from '@huismeester/contracts';
import { itemRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { impactResource } from '../items/impact.ts';
import { targetKinds, teamSide } from './who.ts';

const Params = Type.Object({
  kind: Type.Enum(targetKinds),
  id: { ...ItemId, description: 'Of the item or thing' },
});

/** `/impact`: what goes with a thing; nothing is touched. */
export function impactRoutes({ register }: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    itemRoute(app, {
      url: '/impact/:kind/:id',
      roles: teamSide,
      summary: 'What goes with an item or a thing, with reasons and people, nearest first',
      item: Impact,
      params: Params,
      find: async ({ kind, id }) => impactResource(`${kind}/${id}`, await register.read()),
      missing: ({ kind, id }) => `There is no ${kind} ${id}`,
    });
  };
}
