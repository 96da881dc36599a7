import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Drill, Percent, Problem as ProblemBody, page, Role, Seconds, Wish } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { type Clock, Problem } from '@huismeester/service';
import { Type } from 'typebox';
import { drill } from './core/drill.ts';
import { preview } from './core/preview.ts';
import type { DecisionSettings } from './settings.ts';
import { loadModel, loadModes } from './store.ts';

const reads = { roles: Role.enum };

/** Routes that think something through and touch nothing: what arming would do now, and what a power cut would. */
export function whatIfRoutes(deps: {
  database: Database;
  log: EventLog;
  clock: Clock;
  settings: DecisionSettings;
}): FastifyPluginAsyncTypebox {
  const { database, log, clock, settings } = deps;
  const known = async () => {
    const [model, modes] = await Promise.all([loadModel(database.orm), loadModes(database.orm, log.epoch)]);
    return { model, settings: { ...settings, modes }, now: clock.now().getTime() };
  };
  return async (app) => {
    app.get(
      '/preview',
      {
        config: reads,
        schema: {
          summary: 'What would be done right now if the clauses in dry-run were armed',
          response: { 200: page(Wish) },
        },
      },
      async () => {
        const { model, settings: all, now } = await known();
        const results = preview(model, all, now);
        return { results, next: null, count: results.length };
      },
    );
    app.get(
      '/drill',
      {
        config: reads,
        schema: {
          summary:
            'A power cut, thought through from the present readings or from given ones; nothing is touched',
          querystring: Type.Object(
            {
              ups: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
              charge_pct: Type.Optional(Percent),
              runtime_s: Type.Optional(Seconds),
            },
            { additionalProperties: false },
          ),
          response: { 200: Drill, 404: ProblemBody },
        },
      },
      async (request) => {
        const { ups, charge_pct, runtime_s } = request.query;
        const { model, settings: all, now } = await known();
        const asked = {
          ups: ups === undefined ? settings.ups : knownOnes([ups].flat(), settings.ups),
          ...(charge_pct !== undefined && { chargePct: charge_pct }),
          ...(runtime_s !== undefined && { runtimeMs: runtime_s * 1000 }),
        };
        return drill(model, all, asked, now);
      },
    );
  };
}

function knownOnes(asked: readonly string[], known: readonly string[]): readonly string[] {
  const wrong = asked.find((ups) => !known.includes(ups));
  if (wrong === undefined) return asked;
  const errors = [{ field: 'ups', found: wrong, allowed: known.join(', ') || 'none: settings name no UPS' }];
  throw new Problem(404, 'no-such-ups', 'There is no UPS of that id', { errors });
}
