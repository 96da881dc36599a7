import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Clause, Role } from '@huismeester/contracts';
import { itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { load } from '../desired/store.ts';
import { rules } from '../rules/index.ts';
import { clauses } from './list.ts';
import { clauseStatus } from './status.ts';

const roles = Role.enum;

/** Routes of the clauses of the infra policy: what watches each, and how it stands. */
export function clauseRoutes({ database, log, loop }: RouteDeps): FastifyPluginAsyncTypebox {
  const all = async (): Promise<Clause[]> => {
    const { modes, violations } = await load(database.orm, log.epoch);
    const watches = loop.clauses();
    return clauses.map((each, index) => ({
      position: index + 1,
      ...clauseStatus(each, { rules, watches, modes, violations }),
    }));
  };
  return async (app) => {
    listRoute(app, {
      url: '/clauses',
      roles,
      summary: 'The clauses of the infra policy, and how each stands',
      item: Clause,
      order: ['position', 'clause', 'status'],
      filters: ['status'],
      all,
    });
    itemRoute(app, {
      url: '/clauses/:clause',
      roles,
      summary: 'One clause',
      item: Clause,
      params: Type.Object({ clause: Type.String({ maxLength: 32 }) }),
      find: async (params) => (await all()).find(({ clause }) => clause === params.clause.toUpperCase()),
      missing: ({ clause }) => `The infra policy has no clause ${clause}`,
    });
  };
}
