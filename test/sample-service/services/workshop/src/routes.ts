import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, resourceDefinitions } from '@huismeester/contracts';
import { newEvent } from '@huismeester/events';
import { commandRoute, listRoute, type Service } from '@huismeester/service';
import { Type } from 'typebox';
import { machines } from './machine.ts';
import { machine } from './schema.ts';

const { schema: Machine } = resourceDefinitions.machines;

export function machineRoutes(service: Service<'site'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/machines',
      roles: everyRole,
      summary: 'The machines of the workshop',
      item: Machine,
      order: ['id', 'name'],
      filters: ['name'],
      all: () => service.database.orm.select().from(machine),
    });
    commandRoute(app, service, {
      method: 'POST',
      url: '/machines',
      roles: ['administrator', 'infrateam'],
      summary: 'Adds a machine',
      body: Type.Pick(Machine, ['id', 'name']),
      answer: Machine,
      creates: { at: ({ id }) => `/machines/${id}` },
      run: async (tx, { body: { id, name }, who }) => {
        const decide = () => [newEvent('machine.added', `machine/${id}`, { machine: id, name })];
        const added = await machines.handle(tx, {
          log: service.log,
          id,
          actor: who.name,
          only: 'new',
          decide,
        });
        return 'refused' in added ? added : { id, name, outages: 0 };
      },
    });
  };
}
