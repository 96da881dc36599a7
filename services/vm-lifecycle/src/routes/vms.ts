import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Vm } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { type Identity, itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { allowedDeeds } from '../core/may.ts';
import type { Reader } from '../core/resource.ts';
import { readOwned } from '../owning/whose.ts';
import type { Views } from '../views.ts';

/** Those who look after the VMs, and those who look on; a participant reads of their own alone whose they are. */
const seeOwners: ReadonlySet<string> = new Set(['infrateam', 'board', 'trial', 'administrator', 'service']);

const only = (description: string) => Type.Optional(Type.Integer({ minimum: 1, maximum: 1, description }));

/** `/vms`, for every role: VMs of no listed pool are in no table at all (PRIV-2). */
export function vmRoutes(
  views: Pick<Views, 'vm' | 'page'>,
  { orm }: Pick<Database, 'orm'>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/vms',
      roles: everyRole,
      summary: 'The VMs in listed pools',
      item: Vm,
      order: ['id', 'vmid', 'name', 'class', 'node', 'status'],
      filters: ['class', 'status', 'node'],
      query: { mine: only('1: of whoever asks'), unclaimed: only('1: participants’ VMs without an owner') },
      page: async (query, { who }) => {
        const { class: of, status, node, mine, unclaimed, limit, offset, order } = query;
        // Whoever is no person has none.
        if (mine !== undefined && who.person === undefined) return { results: [], count: 0 };
        const owner = mine === undefined ? undefined : who.person;
        const page = { class: of, status, node, owner, unclaimed: unclaimed !== undefined };
        return await views.page({ ...page, limit, offset, order }, readerOf(who));
      },
    });
    itemRoute(app, {
      url: '/vms/:id',
      roles: everyRole,
      summary: 'One VM',
      item: Vm,
      params: Type.Object({ id: Type.String() }),
      async find({ id }, { who }) {
        const [found, owned] = await Promise.all([views.vm(id, readerOf(who)), readOwned(orm, id)]);
        return found && owned ? { ...found, may: allowedDeeds(who, owned.whose) } : found;
      },
      missing: ({ id }) => `There is no VM ${id} in a listed pool`,
    });
  };
}

function readerOf({ person, roles }: Identity): Reader {
  return { person, seesOwners: roles.some((role) => seeOwners.has(role)) };
}
