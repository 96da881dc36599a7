import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Decision, Mode, Power, Problem as ProblemBody, page, Role, Rule } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { type Clock, isUnchanged, listQuery, Problem, pageOf } from '@huismeester/service';
import { Type } from 'typebox';
import { rules } from './core/rules.ts';
import { decisionById, listDecisions } from './decisions.ts';
import type { Evaluator } from './evaluation.ts';
import { holdRoutes } from './http-holds.ts';
import { whatIfRoutes } from './http-what-if.ts';
import { listRules, setMode } from './rules.ts';
import type { DecisionSettings } from './settings.ts';
import { power } from './shows.ts';

const reads = { roles: Role.enum };
const arms = { roles: ['administrator', 'infrateam'] } as const;

const DecisionQuery = listQuery(
  ['time'],
  {
    vm: Type.Optional(Decision.properties.vm),
    state: Type.Optional(Decision.properties.state),
    clause: Type.Optional(Type.String()),
    mode: Type.Optional(Mode),
    correlation: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { order: '-time' },
);

/** policy's routes: decisions, the clauses that can be armed, and how the space's power stands. */
export function policyRoutes(deps: {
  database: Database;
  log: EventLog;
  clock: Clock;
  evaluator: Evaluator;
  settings: DecisionSettings;
}): FastifyPluginAsyncTypebox {
  const { database, log, evaluator } = deps;
  return async (app) => {
    await app.register(holdRoutes({ ...deps, changed: evaluator.wake }));
    await app.register(whatIfRoutes(deps));
    app.get(
      '/decisions',
      {
        config: reads,
        schema: {
          summary: 'Decisions, newest first',
          querystring: DecisionQuery,
          response: { 200: page(Decision) },
        },
      },
      async (request) => pageOf(request, await listDecisions(database.orm, request.query)),
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
    app.get(
      '/power',
      {
        config: reads,
        schema: { summary: 'How the power stands, and what comes next', response: { 200: Power } },
      },
      async () => power(evaluator.latest()),
    );
    app.get(
      '/rules',
      {
        config: reads,
        schema: { summary: 'The clauses that act, and which are armed', response: { 200: page(Rule) } },
      },
      async () => {
        const results = await listRules(database.orm, log.epoch);
        return { results, next: null, count: results.length };
      },
    );
    app.put(
      '/rules/:clause',
      {
        config: arms,
        schema: {
          summary: 'Arm a clause, or put it back to dry-run',
          params: Type.Object({ clause: Type.String() }),
          body: Type.Object({ mode: Mode }, { additionalProperties: false }),
          response: { 200: Rule },
        },
      },
      async (request) => {
        const clause = request.params.clause.toUpperCase();
        await setMode(deps, knownClause(clause), request.body.mode, request.who.name);
        evaluator.wake();
        const rule = (await listRules(database.orm, log.epoch)).find((each) => each.clause === clause);
        if (!rule) throw new Error(`the rule ${clause} is gone`);
        return rule;
      },
    );
  };
}

function knownClause(clause: string): string {
  const known = rules.map((rule) => rule.clause);
  if (known.includes(clause)) return clause;
  const errors = [{ field: 'clause', found: clause, allowed: known.join(', ') }];
  throw new Problem(404, 'no-such-rule', 'No clause of that name acts on anything', { errors });
}
