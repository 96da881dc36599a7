import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Mode, Problem as ProblemBody, page, Role, Rule } from '@huismeester/contracts';
import type { Database, Orm } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { listQuery, Problem, pageOfAll } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import { command } from '../commands.ts';
import { rules } from '../rules/index.ts';
import { ruleMode } from '../schema.ts';
import { armable, change, meant, modeId, type RuleClause, ruleModes } from './mode.ts';

const reads = { roles: Role.enum };
const arms = { roles: ['administrator', 'infrateam'] } as const;
const Name = Type.String({ maxLength: 64 });
const Body = Type.Object({ mode: Mode }, { additionalProperties: false });
const responses = { 200: Rule, 404: ProblemBody, 409: ProblemBody };

/** Routes of what is armed: each clause of each rule that acts. */
export function armingRoutes(deps: {
  database: Database;
  log: EventLog;
  changed: () => void;
}): FastifyPluginAsyncTypebox {
  const { database, log } = deps;
  const all = armable(rules);
  const modes = ruleModes(log.epoch);
  const set = async (asked: RuleClause, mode: Rule['mode'], actor: string): Promise<Rule> => {
    const id = modeId(asked);
    await command(deps, (tx) =>
      modes.handle(tx, { log, id, actor, decide: (state) => change(asked, mode, state, log.epoch) }),
    );
    const rule = (await listRules(database.orm, all, log.epoch)).find((each) => modeId(each) === id);
    if (!rule) throw new Error(`the clause ${id} is gone`);
    return rule;
  };
  return async (app) => {
    app.get(
      '/rules',
      {
        config: reads,
        schema: {
          summary: 'The clauses that rules act by, and which are armed',
          querystring: listQuery(['rule', 'clause'], {
            rule: Type.Optional(Name),
            clause: Type.Optional(Name),
            mode: Type.Optional(Mode),
          }),
          response: { 200: page(Rule) },
        },
      },
      async (request) => {
        const { rule, clause, mode } = request.query;
        const found = (await listRules(database.orm, all, log.epoch)).filter(
          (each) =>
            (rule === undefined || each.rule === rule) &&
            (clause === undefined || each.clause === clause) &&
            (mode === undefined || each.mode === mode),
        );
        return pageOfAll(request, found);
      },
    );
    app.put(
      '/rules/:rule/:clause',
      {
        config: arms,
        schema: {
          summary: 'Arm a clause of a rule, or put it back to dry-run',
          params: Type.Object({ rule: Name, clause: Name }),
          body: Body,
          response: responses,
        },
      },
      async (request) => {
        const { rule, clause } = request.params;
        return await set(theOne(all, clause, rule), request.body.mode, request.who.name);
      },
    );
    app.put(
      '/rules/:clause',
      {
        config: arms,
        schema: {
          summary: 'The same, for a clause that only one rule acts by',
          params: Type.Object({ clause: Name }),
          body: Body,
          response: responses,
        },
      },
      async (request) => {
        return await set(theOne(all, request.params.clause), request.body.mode, request.who.name);
      },
    );
  };
}

/** Throws a problem that lists what there is when none is meant, or when several could be. */
function theOne(all: readonly RuleClause[], clause: string, rule?: string): RuleClause {
  const found = meant(all, clause, rule);
  const [only] = found;
  if (only && found.length === 1) return only;
  const listed = (found.length > 1 ? found : all).map((each) => `${each.rule}/${each.clause}`).join(', ');
  const asked = rule === undefined ? clause : `${rule}/${clause}`;
  const errors = [{ field: 'clause', found: asked, allowed: listed }];
  if (only) {
    throw new Problem(409, 'ambiguous-clause', `Several rules act by ${only.clause}: name one of them`, {
      errors,
    });
  }
  throw new Problem(404, 'no-such-rule', 'No rule acts by a clause of that name', { errors });
}

async function listRules(reader: Orm, all: readonly RuleClause[], epoch: string): Promise<Rule[]> {
  const rows = await reader.select().from(ruleMode).where(eq(ruleMode.epoch, epoch));
  return all.map((each) => {
    const row = rows.find(({ id }) => id === modeId(each));
    return row
      ? { ...each, mode: row.mode, since: row.since.toISOString(), by: row.by }
      : { ...each, mode: 'dry-run' };
  });
}
