import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Role, Vm } from '@huismeester/contracts';
import { itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';

/**
 * `/vms`, for every role: VMs of no listed pool are in no table at all (PRIV-2). `read` gives all VMs, or the one with the id,
 * as they are now.
 */
export function vmRoutes(read: (id?: string) => Promise<Vm[]>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/vms',
      roles: Role.enum,
      summary: 'The VMs in listed pools',
      item: Vm,
      order: ['id', 'vmid', 'name', 'class', 'node', 'status'],
      filters: ['class', 'status', 'node'],
      all: () => read(),
    });
    itemRoute(app, {
      url: '/vms/:id',
      roles: Role.enum,
      summary: 'One VM',
      item: Vm,
      params: Type.Object({ id: Type.String() }),
      find: async ({ id }) => (await read(id))[0],
      missing: ({ id }) => `There is no VM ${id} in a listed pool`,
    });
  };
}
