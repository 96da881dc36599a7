import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Departure, everyRole, PersonId } from '@huismeester/contracts';
import { type Identity, itemRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { asSeen } from '../desired/pass-runner.ts';
import { load } from '../desired/store.ts';
import { openHolds } from '../facts/hold.ts';
import { departureOf } from './departure.ts';

/** Who may read what anybody leaves behind; everybody else what they themselves do (PRIV-1). Trial members do not. */
const readers = [
  'infrateam',
  'board',
  'administrator',
  'service',
] as const satisfies readonly Identity['roles'][number][];

/** What would follow if somebody left the team (TEAM-2): nothing is changed by asking. */
export function departureRoutes({
  database,
  log,
  clock,
  sources,
  items,
}: Pick<RouteDeps, 'database' | 'log' | 'clock' | 'sources' | 'items'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    itemRoute(app, {
      url: '/departures/:person',
      roles: everyRole,
      summary: 'What would follow if somebody left the team now',
      item: Departure,
      params: Type.Object({ person: PersonId }),
      // For who may not read it, it is not there.
      find: async ({ person }, { who }) => {
        if (person !== who.person && !readers.some((role) => who.roles.includes(role))) return undefined;
        // Before the facts: of readings that are newer they would seem to be read.
        const read = sources.readings();
        const everything = { people: true, team: true, owners: true, projects: true };
        const { facts } = await load(database.orm, log.epoch, everything);
        const seen = asSeen({ ...facts, ...(await items.load(database.orm)) }, read);
        const now = clock.now().getTime();
        return departureOf(person, { ...seen, hold: openHolds(seen.hold, now) }, now);
      },
      missing: ({ person }) => `Nobody is known under ${person}, or it is not for you`,
    });
  };
}
