import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Decision, Mode, PowerTarget, Problem as ProblemBody, page, Role } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { isUnchanged, listQuery, Problem, pageOf } from '@huismeester/service';
import { Type } from 'typebox';
import { decisionById, listDecisions } from './decisions.ts';
import type { PowerTarget as Target } from './target.ts';

const reads = { roles: Role.enum };

const DecisionQuery = listQuery(
  ['time'],
  {
    target: Type.Optional(PowerTarget),
    state: Type.Optional(Decision.properties.state),
    clause: Type.Optional(Type.String()),
    mode: Type.Optional(
      Type.Enum(Mode.enum, {
        description: '`dry-run`: what was only rehearsed; `enforce`: what was acted upon',
      }),
    ),
    correlation: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { order: '-time' },
);

/** Routes of the decisions about VMs and nodes. */
export function decisionRoutes({ database }: { database: Database }): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/decisions',
      {
        config: reads,
        schema: {
          summary: 'Decisions about VMs and nodes, newest first',
          querystring: DecisionQuery,
          response: { 200: page(Decision) },
        },
      },
      async (request) => {
        const { target, ...query } = request.query;
        const filter = { ...query, ...(target !== undefined && { target: target as Target }) };
        return pageOf(request, await listDecisions(database.orm, filter));
      },
    );
    app.get(
      '/decisions/:id',
      {
        config: reads,
        schema: {
          summary: 'One decision',
          params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
          response: { 200: Decision, 304: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const decision = await decisionById(database.orm, request.params.id);
        if (!decision) throw new Problem(404, 'no-such-decision', 'There is no decision of that id');
        return isUnchanged(request, reply, decision) ? reply.send(null) : decision;
      },
    );
  };
}
