import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, PlannedIncident } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import type { RouteDeps } from '../deps.ts';
import { load } from '../desired/store.ts';
import { plannedBy } from '../rules/core/planned.ts';

/** The route of incidents that are planned: from the tables, so that a hold counts in the answer as soon as it is placed. */
export function plannedRoutes({ database, log, clock }: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/planned',
      roles: everyRole,
      summary: 'Open incidents that are planned, or members of them, since somebody works there (a hold)',
      item: PlannedIncident,
      order: ['incident'],
      filters: ['incident'],
      all: async () => {
        const { facts } = await load(database.orm, log.epoch);
        const planned = plannedBy(facts, clock.now().getTime());
        return [...facts.incident.values()].flatMap((each) => {
          const { whole, things, holds } = planned(each);
          return holds.size === 0
            ? []
            : [{ incident: each.id, whole, things: [...things], holds: [...holds] }];
        });
      },
    });
  };
}
