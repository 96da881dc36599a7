import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  Drill,
  Percent,
  Power,
  Problem as ProblemBody,
  page,
  Role,
  Seconds,
  Wish,
} from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { type Clock, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { Type } from 'typebox';
import type { PassLoop } from '../../desired/pass-loop.ts';
import { preview } from '../../desired/preview.ts';
import { load } from '../../desired/store.ts';
import { power, type SpaceView } from '../../display/space.ts';
import type { PolicySettings } from '../settings.ts';
import { drill } from './drill/drill.ts';

const reads = { roles: Role.enum };
const DrillQuery = Type.Object(
  {
    ups: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
    charge_pct: Type.Optional(Percent),
    runtime_s: Type.Optional(Seconds),
  },
  { additionalProperties: false },
);

/** Routes of power: how it is, what arming would change now, and a power cut that is only thought through. */
export function powerRoutes(deps: {
  database: Database;
  log: EventLog;
  clock: Clock;
  settings: PolicySettings;
  loop: PassLoop;
  view: SpaceView;
}): FastifyPluginAsyncTypebox {
  const { database, log, clock, settings, loop, view } = deps;
  return async (app) => {
    app.get(
      '/power',
      {
        config: reads,
        schema: { summary: 'How the power is, and what comes next', response: { 200: Power } },
      },
      async () => {
        const now = clock.now().getTime();
        return power(view.space(now)?.outages, loop.latest()?.pass.after.rules.get('power'));
      },
    );
    app.get(
      '/preview',
      {
        config: reads,
        schema: {
          summary: 'What would be done right now if the clauses in dry-run were armed',
          querystring: listQuery(['about'], {}),
          response: { 200: page(Wish) },
        },
      },
      async (request) => {
        const pass = loop.latest()?.pass;
        return pageOfAll(request, pass ? preview(pass.after) : []);
      },
    );
    app.get(
      '/drill',
      {
        config: reads,
        schema: {
          summary:
            'A power cut, thought through from the present readings or from given ones; nothing is touched',
          querystring: DrillQuery,
          response: { 200: Drill, 404: ProblemBody },
        },
      },
      async (request) => {
        const { ups, charge_pct, runtime_s } = request.query;
        const asked = {
          ups: ups === undefined ? settings.ups : knownOnes([ups].flat(), settings.ups),
          ...(charge_pct !== undefined && { chargePct: charge_pct }),
          ...(runtime_s !== undefined && { runtimeMs: runtime_s * 1000 }),
        };
        const { facts, modes } = await load(database.orm, log.epoch);
        return drill(facts, { settings, modes }, asked, clock.now().getTime());
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
