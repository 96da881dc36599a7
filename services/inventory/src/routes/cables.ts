import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { CableFields, CableId, CableResource } from '@huismeester/contracts';
import { commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { cableResource, putCable, removeCable } from '../cables/put.ts';
import type { RouteDeps } from '../inside.ts';
import { teamSide, writers } from './who.ts';

const Params = Type.Object({ id: CableId });
const Fields = Type.Object(CableFields, { additionalProperties: false });
const Recording = Type.Object(
  { id: Type.Optional({ ...CableId, description: 'Left out: the next free one' }), ...CableFields },
  { additionalProperties: false },
);
const statuses = { 'no-such-item': 400, 'free-end': 400, 'same-port': 400 };

/** `/cables`: what goes from where to where (INFRA-2). Long, since it is a list of routes. */
export function cableRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { register } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/cables',
      roles: teamSide,
      summary: 'All cables, each with its two ends (INFRA-2)',
      item: CableResource,
      order: ['id', 'state', 'since'],
      filters: ['state'],
      query: { item: Type.Optional({ ...CableId, description: 'One of its ends is at this item' }) },
      async all({ item }) {
        const { cables } = await register.read();
        return [...cables]
          .filter(
            ([
              ,
              {
                fields: { a, b },
              },
            ]) => item === undefined || a?.item === item || b?.item === item,
          )
          .map(([id, cable]) => cableResource(id, cable));
      },
    });
    itemRoute(app, {
      url: '/cables/:id',
      roles: teamSide,
      summary: 'A cable',
      item: CableResource,
      params: Params,
      async find({ id }) {
        const cable = (await register.read()).cables.get(id);
        return cable && cableResource(id, cable);
      },
      missing: ({ id }) => `There is no cable ${id}`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/cables',
      roles: writers,
      summary: 'Record a cable (INFRA-2)',
      body: Recording,
      answer: CableResource,
      creates: { at: ({ id }) => `/cables/${id}` },
      statuses,
      run: (tx, { body: { id, ...fields }, who, matches }) =>
        putCable(tx, deps, { id, fields, actor: who.name, only: 'new', matches }),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/cables/:id',
      roles: writers,
      summary: 'Change what is said of a cable: this is all of it',
      params: Params,
      body: Fields,
      answer: CableResource,
      statuses,
      run: (tx, { params: { id }, body: fields, who, matches }) =>
        putCable(tx, deps, { id, fields, actor: who.name, only: 'existing', matches }),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/cables/:id',
      roles: writers,
      summary: 'There is no such cable any more',
      params: Params,
      run: (tx, { params: { id }, who, matches }) => removeCable(tx, deps, { id, actor: who.name, matches }),
    });
  };
}
