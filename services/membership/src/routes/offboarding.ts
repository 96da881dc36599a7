import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { OffboardingResource, PersonId } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { commandRoute, itemRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { tick } from '../core/register/departure.ts';
import type { RouteDeps } from '../inside.ts';
import { departures } from '../register/departures.ts';
import { readTeamNow } from '../register/electorate.ts';
import { heldNow, readOffboarding } from '../register/offboarding.ts';
import { teamScope } from '../register/scope.ts';
import { askerOf, PersonParams, teamStatuses } from './member.ts';

const reads = ['infrateam', 'trial', 'board', 'administrator'] as const;
const Params = Type.Object({ person: PersonId, item: Type.String({ maxLength: 120 }) });

/** What is to be done after somebody left the team (TEAM-2). */
export function offboardingRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log } = deps;
  return async (app) => {
    itemRoute(app, {
      url: '/team/:person/offboarding',
      roles: reads,
      summary:
        'What is to be done about the accounts, rights and shared secrets of who left the team (TEAM-2)',
      item: OffboardingResource,
      params: PersonParams,
      find: ({ person }, { who }) => readOffboarding(deps, person, who),
      missing: () => 'This person has not left the team',
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/team/:person/offboarding/:item',
      roles: ['infrateam', 'administrator'],
      person: true,
      summary: 'Tick what was done, or take the tick away (TEAM-2)',
      params: Params,
      body: Type.Object({ done: Type.Boolean() }, { additionalProperties: false }),
      statuses: { ...teamStatuses, 'no-such-item': 404 },
      async run(tx, { params: { person, item }, body: { done }, who }) {
        const outcome = await departures.handle(tx, {
          log,
          id: person,
          actor: who.name,
          scope: teamScope,
          read: async () => ({ team: await readTeamNow(tx), held: await heldNow(tx, person) }),
          decide: (known, found) => tick(known, { person, item, done }, askerOf(who), found),
        });
        return isRefusal(outcome) ? outcome : undefined;
      },
    });
  };
}
