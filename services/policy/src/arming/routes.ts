import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Mode, Rule } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal, refuse, stale } from '@huismeester/events';
import { type Command, commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { type TObject, Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { armedAs } from '../rules/define.ts';
import { rules } from '../rules/index.ts';
import type { PolicySettings } from '../rules/settings.ts';
import { ruleMode } from '../schema.ts';
import { armable, change, meant, modeId, type RuleClause, ruleModes, ruleOf } from './mode.ts';

const reads = everyRole;
const arms = ['administrator', 'infrateam'] as const;
const Name = Type.String({ maxLength: 64 });
const Params = Type.Object({ rule: Name, clause: Name });
const Body = Type.Object({ mode: Mode }, { additionalProperties: false });

/** Routes of what is armed: each clause of each rule that acts. Long, since it is a list of routes. */
export function armingRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log, settings } = deps;
  const all = armable(rules);
  const modes = ruleModes(log.epoch);
  const listed = async (): Promise<Rule[]> => {
    const rows = new Map((await database.orm.select().from(ruleMode)).map((row) => [row.id, row]));
    return all.map((each) =>
      ruleOf(each, notArmable(each, settings) ? undefined : rows.get(modeId(each)), log.epoch),
    );
  };
  const set = async (
    tx: Tx,
    asked: RuleClause | Refusal,
    { body: { mode }, who, matches }: Command<TObject, typeof Body>,
  ): Promise<Rule | Refusal> => {
    if (isRefusal(asked)) return asked;
    const why = mode === 'enforce' ? notArmable(asked, settings) : undefined;
    if (why)
      return refuse(why.code, `${armedAs(asked.rule, asked.clause)} cannot be armed: ${why.title}`, {
        clause: asked.clause,
      });
    const done = await modes.handle(tx, {
      log,
      id: modeId(asked),
      actor: who.name,
      // Not by `ifMatch`: a clause that was never armed has no row, and is in dry-run all the same.
      decide: (state) =>
        matches(ruleOf(asked, state, log.epoch))
          ? change(asked, mode, state, log.epoch)
          : stale(armedAs(asked.rule, asked.clause)),
    });
    return isRefusal(done) ? done : ruleOf(asked, done.state, log.epoch);
  };
  return async (app) => {
    listRoute(app, {
      url: '/rules',
      roles: reads,
      summary: 'The clauses that rules act by, and which are armed',
      item: Rule,
      order: ['rule', 'clause'],
      filters: ['rule', 'clause', 'mode'],
      all: listed,
    });
    itemRoute(app, {
      url: '/rules/:rule/:clause',
      roles: reads,
      summary: 'One clause of a rule',
      item: Rule,
      params: Params,
      find: async ({ rule, clause }) => meant(await listed(), clause, rule)[0],
      missing: ({ rule, clause }) => missing(armedAs(rule, clause)),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/rules/:rule/:clause',
      roles: arms,
      summary: 'Arm a clause of a rule, or put it back to dry-run',
      params: Params,
      body: Body,
      answer: Rule,
      run: (tx, command) => set(tx, theOne(all, command.params.clause, command.params.rule), command),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/rules/:clause',
      roles: arms,
      summary: 'The same, for a clause that only one rule acts by',
      params: Type.Object({ clause: Name }),
      body: Body,
      answer: Rule,
      run: (tx, command) => set(tx, theOne(all, command.params.clause), command),
    });
  };
}

/** Why a clause cannot be armed by these settings; undefined: it can. */
function notArmable({ rule }: Pick<RuleClause, 'rule'>, settings: PolicySettings) {
  return rules.find(({ name }) => name === rule)?.notArmable?.(settings);
}

/** Refuses, with a list of what there is, when none is meant, or when several could be. */
function theOne(all: readonly RuleClause[], clause: string, rule?: string): RuleClause | Refusal {
  const found = meant(all, clause, rule);
  const [only] = found;
  if (only && found.length === 1) return only;
  const asked = rule === undefined ? clause : armedAs(rule, clause);
  const allowed = (only ? found : all).map((each) => armedAs(each.rule, each.clause)).join(', ');
  const errors = [{ field: 'params.clause', found: asked, allowed }];
  if (!only) return refuse('not-found', missing(asked), { errors });
  return refuse('ambiguous-clause', `Several rules act by ${only.clause}: name one of them`, { errors });
}

function missing(asked: string): string {
  return `No rule acts by a clause ${asked}`;
}
