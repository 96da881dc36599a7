import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Drill, everyRole, Percent, Power, Seconds, Wish } from '@huismeester/contracts';
import { itemRoute, listRoute, Problem } from '@huismeester/service';
import { type Static, Type } from 'typebox';
import type { RouteDeps } from '../../deps.ts';
import { createDrills } from '../../desired/drills.ts';
import { preview } from '../../desired/preview.ts';
import { limitsOf, power } from '../../display/space.ts';

const roles = everyRole;
const DrillQuery = Type.Object(
  {
    ups: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
    charge_pct: Type.Optional(Percent),
    runtime_s: Type.Optional(Seconds),
  },
  { additionalProperties: false },
);

/** Routes of power: how it is, what arming would change now, and a power cut that is only thought through. */
export function powerRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { clock, settings, loop, view } = deps;
  const drills = createDrills(deps);
  return async (app) => {
    itemRoute(app, {
      url: '/power',
      roles,
      summary: 'How the power is, and what comes next',
      item: Power,
      find() {
        const { outages } = view.space(clock.now().getTime()) ?? {};
        const now = power(outages, loop.latest()?.pass.after.rules.get('power'));
        return { ...now, limits: limitsOf(settings.plan) };
      },
    });
    listRoute(app, {
      url: '/preview',
      roles,
      summary: 'What would be done right now if the clauses in dry-run were armed',
      item: Wish,
      order: ['about'],
      all: () => {
        const pass = loop.latest()?.pass;
        return pass ? preview(pass.after) : [];
      },
    });
    itemRoute(app, {
      url: '/drill',
      roles,
      summary:
        'A power cut, thought through from the present readings or from given ones; nothing is touched',
      item: Drill,
      query: DrillQuery,
      find: async (_, { query }) => {
        // As the schema has it: this was checked before.
        const { ups, charge_pct, runtime_s } = query as Static<typeof DrillQuery>;
        return await drills({
          ups: ups === undefined ? settings.ups : knownOnes([ups].flat(), settings.ups),
          ...(charge_pct !== undefined && { chargePct: charge_pct }),
          ...(runtime_s !== undefined && { runtimeMs: runtime_s * 1000 }),
        });
      },
    });
  };
}

function knownOnes(asked: readonly string[], known: readonly string[]): readonly string[] {
  const wrong = asked.find((ups) => !known.includes(ups));
  if (wrong === undefined) return asked;
  const allowed = known.join(', ') || 'none: settings name no UPS';
  const errors = [{ field: 'query.ups', found: wrong, allowed }];
  throw new Problem(404, 'not-found', `There is no UPS ${wrong}`, { errors });
}
