import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { armingRoutes } from './arming/routes.ts';
import { clauseRoutes } from './clauses/routes.ts';
import type { PassLoop } from './desired/pass-loop.ts';
import { decisionRoutes } from './desired/routes.ts';
import type { SpaceView } from './display/space.ts';
import { holdRoutes } from './holds/routes.ts';
import { powerRoutes } from './rules/power/routes.ts';
import type { PolicySettings } from './rules/settings.ts';
import { violationRoutes } from './violations/routes.ts';

/** policy's routes, a plugin a thing. */
export function policyRoutes(deps: {
  database: Database;
  log: EventLog;
  clock: Clock;
  settings: PolicySettings;
  loop: PassLoop;
  view: SpaceView;
}): FastifyPluginAsyncTypebox {
  const commands = { ...deps, changed: deps.loop.wake };
  return async (app) => {
    await app.register(decisionRoutes(deps));
    await app.register(powerRoutes(deps));
    await app.register(clauseRoutes(deps));
    await app.register(armingRoutes(commands));
    await app.register(holdRoutes(commands));
    await app.register(violationRoutes(commands));
  };
}
