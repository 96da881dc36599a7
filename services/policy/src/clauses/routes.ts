import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Clause, everyRole } from '@huismeester/contracts';
import { itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { load } from '../desired/store.ts';
import { type Asker, maySee } from '../people/may-see.ts';
import { rules } from '../rules/index.ts';
import { clauses } from './list.ts';
import { clauseStatus } from './status.ts';

const roles = everyRole;

/** Routes of the clauses of the infra policy: what watches each, and how it stands. */
export function clauseRoutes({ database, log, loop, settings }: RouteDeps): FastifyPluginAsyncTypebox {
  const all = async ({ who }: { readonly who: Asker }): Promise<Clause[]> => {
    const { modes, violations } = await load(database.orm, log.epoch);
    const watches = loop.clauses();
    // How a clause stands is for everybody; a violation about somebody is not there for who may not read it.
    const mayRead = new Set(
      violations.flatMap(({ id, found }) => (maySee(who, found.subject, found.cause) ? [id] : [])),
    );
    return clauses.map((each, index) => {
      const status = clauseStatus(each, { rules, watches, modes, violations, settings });
      return {
        position: index + 1,
        ...status,
        violations: status.violations.filter((id) => mayRead.has(id)),
      };
    });
  };
  return async (app) => {
    listRoute(app, {
      url: '/clauses',
      roles,
      summary: 'The clauses of the infra policy, and how each stands',
      item: Clause,
      order: ['position', 'clause', 'status'],
      filters: ['status'],
      all: (_, request) => all(request),
    });
    itemRoute(app, {
      url: '/clauses/:clause',
      roles,
      summary: 'One clause',
      item: Clause,
      params: Type.Object({ clause: Type.String({ maxLength: 32 }) }),
      find: async (params, request) =>
        (await all(request)).find(({ clause }) => clause === params.clause.toUpperCase()),
      missing: ({ clause }) => `The infra policy has no clause ${clause}`,
    });
  };
}
