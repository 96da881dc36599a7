import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Clause, Problem as ProblemBody, page, Role } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { isUnchanged, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { Type } from 'typebox';
import type { PassLoop } from '../desired/pass-loop.ts';
import { load } from '../desired/store.ts';
import { rules } from '../rules/index.ts';
import { clauses } from './list.ts';
import { clauseStatus } from './status.ts';

const reads = { roles: Role.enum };
const Filters = { status: Type.Optional(Clause.properties.status) };

/** Routes of the clauses of the infra policy: what watches each, and how it stands. */
export function clauseRoutes({
  database,
  log,
  loop,
}: {
  database: Database;
  log: EventLog;
  loop: PassLoop;
}): FastifyPluginAsyncTypebox {
  const all = async (): Promise<Clause[]> => {
    const { modes, violations } = await load(database.orm, log.epoch);
    const watches = loop.latest()?.pass.clauses;
    return clauses.map((each) => clauseStatus(each, { rules, watches, modes, violations }));
  };
  return async (app) => {
    app.get(
      '/clauses',
      {
        config: reads,
        schema: {
          summary: 'The clauses of the infra policy, and how each stands',
          querystring: listQuery(['position', 'clause', 'status'], Filters),
          response: { 200: page(Clause) },
        },
      },
      async (request) => {
        const { status } = request.query;
        const found = (await all()).filter((each) => status === undefined || each.status === status);
        return pageOfAll(request, found);
      },
    );
    app.get(
      '/clauses/:clause',
      {
        config: reads,
        schema: {
          summary: 'One clause',
          params: Type.Object({ clause: Type.String({ maxLength: 32 }) }),
          response: { 200: Clause, 304: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const asked = request.params.clause.toUpperCase();
        const found = (await all()).find(({ clause }) => clause === asked);
        if (!found) throw new Problem(404, 'no-such-clause', 'The infra policy has no clause of that name');
        return isUnchanged(request, reply, found) ? reply.send(null) : found;
      },
    );
  };
}
