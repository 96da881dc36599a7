import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, ItemFields, ItemId, ItemLink, ItemResource } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { retired } from '../core/item.ts';
import type { RouteDeps } from '../inside.ts';
import { changeItem, registerItem } from '../items/change.ts';
import { itemResource, viewerOf } from '../items/shown.ts';
import { writers } from './who.ts';

const Params = Type.Object({ id: ItemId });
const Change = Type.Object(ItemFields, { additionalProperties: false });
const Registration = Type.Object(
  {
    id: Type.Optional({ ...ItemId, description: 'Left out: made of its name' }),
    ...ItemFields,
    links: Type.Optional(Type.Array(ItemLink, { maxItems: 100 })),
  },
  { additionalProperties: false },
);
const Retirement = Type.Object(
  { because: Type.Optional(Type.String({ minLength: 3, maxLength: 500 })) },
  { additionalProperties: false },
);

/** Faults of the request itself; the others are 409. */
export const itemStatuses = {
  'tenure-misfit': 400,
  'no-such-person': 400,
  'no-such-item': 400,
  'not-infra': 400,
};

/** `/items`: the register of what the foundation has (INFRA-2). Long, since it is a list of routes. */
export function itemRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { register } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/items',
      roles: everyRole,
      summary: 'All items of the register, retired ones included (INFRA-2)',
      item: ItemResource,
      order: ['id', 'name', 'kind', 'life', 'since'],
      filters: ['kind', 'life', 'layer', 'core', 'space_wide', 'infra', 'stands_for', 'project'],
      async all(_, { who }) {
        const shown = await register.read();
        const viewer = viewerOf(who);
        return [...shown.items].map(([id, item]) => itemResource(id, item, shown, viewer));
      },
    });
    itemRoute(app, {
      url: '/items/:id',
      roles: everyRole,
      summary: 'An item: what it is, whose it is, what it needs, and who can run it',
      item: ItemResource,
      params: Params,
      async find({ id }, { who }) {
        const shown = await register.read();
        const item = shown.items.get(id);
        return item && itemResource(id, item, shown, viewerOf(who));
      },
      missing: ({ id }) => `There is no item ${id}`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/items',
      roles: writers,
      summary: 'Register an item (INFRA-1, INFRA-2)',
      body: Registration,
      answer: ItemResource,
      creates: { at: ({ id }) => `/items/${id}` },
      statuses: itemStatuses,
      run: (tx, { body: { id, links = [], ...fields }, who }) =>
        registerItem(tx, deps, { id, fields, links, actor: who.name }),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/items/:id',
      roles: writers,
      summary: 'Change what is said of an item: this is all of it, but for its links',
      params: Params,
      body: Change,
      answer: ItemResource,
      statuses: itemStatuses,
      run: (tx, { params: { id }, body: fields, who, matches }) =>
        changeItem(tx, deps, { id, actor: who.name, matches, to: () => ({ fields }) }),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/items/:id/retirement',
      roles: writers,
      summary: 'An item is used no more (TEAM-3)',
      params: Params,
      body: Retirement,
      answer: ItemResource,
      run: (tx, { params: { id }, body: { because }, who, matches }) =>
        changeItem(tx, deps, {
          id,
          actor: who.name,
          matches,
          because,
          place: () => 'params.id',
          to(item) {
            const fields = retired(id, item);
            return isRefusal(fields) ? fields : { fields };
          },
        }),
    });
  };
}
