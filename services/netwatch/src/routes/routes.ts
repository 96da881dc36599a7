import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  AvailabilityResource,
  everyRole,
  Id,
  IncidentResource,
  PortResource,
  ProbeResource,
  Problem as ProblemBody,
  SwitchResource,
} from '@huismeester/contracts';
import { itemRoute, listRoute, notFound } from '@huismeester/service';
import { Type } from 'typebox';
import type { Views } from '../views.ts';

/** What the routes answer from. */
export interface Answers {
  readonly views: Views;
  readonly incidents: (id?: string) => Promise<readonly IncidentResource[]>;
  readonly availability: () => Promise<readonly AvailabilityResource[]>;
  /** Has a probe look now, and waits for that; undefined where there is no such probe. */
  readonly look: (id: string) => Promise<ProbeResource | undefined>;
}

/** A look costs little and changes nothing; but others are asked, and those who may not run things here need not do that. */
const mayLook = ['administrator', 'infrateam', 'trial'] as const;

/** The routes of netwatch; every role may read: what the network does is no secret in the space. Long, since it is a list of routes. */
export function netwatchRoutes({ views, incidents, availability, look }: Answers): FastifyPluginAsyncTypebox {
  return async (app) => {
    const roles = everyRole;
    listRoute(app, {
      url: '/switches',
      roles,
      summary: 'All switches',
      item: SwitchResource,
      order: ['id'],
      filters: ['state'],
      all: () => views.switches(),
    });
    listRoute(app, {
      url: '/ports',
      roles,
      summary: 'The ports of all switches',
      item: PortResource,
      order: ['switch', 'id', 'ifIndex', 'in_bps', 'out_bps'],
      filters: ['switch', 'state', 'role', 'oper', 'flapping'],
      all: () => views.ports(),
    });
    listRoute(app, {
      url: '/probes',
      roles,
      summary: 'The services that are probed',
      item: ProbeResource,
      order: ['id', 'state', 'latency_ms'],
      filters: ['state', 'kind', 'role', 'core', 'flapping'],
      all: () => views.probes(),
    });
    itemRoute(app, {
      url: '/probes/:id',
      roles,
      summary: 'One probe',
      item: ProbeResource,
      params: Type.Object({ id: Id }),
      find: ({ id }) => views.probes().find((each) => each.id === id),
      missing: ({ id }) => noProbe(id, views),
    });
    // No commandRoute: nothing is written, and no transaction may wait for another machine.
    app.post(
      '/probes/:id/look',
      {
        config: { roles: [...mayLook] },
        schema: {
          summary: 'Look at a service now; answers with the probe after that look',
          params: Type.Object({ id: Id }),
          response: { 200: ProbeResource, 404: ProblemBody },
        },
      },
      async (request) => {
        const { id } = request.params;
        const found = await look(id);
        if (!found) throw notFound(noProbe(id, views), request);
        return found;
      },
    );
    itemRoute(app, {
      url: '/switches/:id',
      roles,
      summary: 'One switch',
      item: SwitchResource,
      params: Type.Object({ id: Id }),
      find: ({ id }) => views.switches().find((each) => each.id === id),
      missing: ({ id }) => `There is no switch "${id}"; there are: ${idsOf(views.switches())}`,
    });
    listRoute(app, {
      url: '/incidents',
      roles,
      summary: 'What failed, with what failed because of it',
      item: IncidentResource,
      order: ['-since', 'id'],
      filters: ['state', 'root', 'core', 'outage'],
      all: () => incidents(),
    });
    itemRoute(app, {
      url: '/incidents/:id',
      roles,
      summary: 'One incident',
      item: IncidentResource,
      params: Type.Object({ id: Id }),
      find: async ({ id }) => (await incidents(id))[0],
      missing: ({ id }) => `There is no incident ${id}`,
    });
    listRoute(app, {
      url: '/availability',
      roles,
      summary: 'How much of the last day, 30 days and 365 days each thing was up',
      item: AvailabilityResource,
      order: ['thing'],
      filters: ['core'],
      all: () => availability(),
    });
  };
}

function noProbe(id: string, views: Pick<Views, 'probes'>): string {
  return `There is no probe "${id}"; there are: ${idsOf(views.probes())}`;
}

function idsOf(things: readonly { readonly id: string }[]): string {
  return things.map(({ id }) => id).join(', ') || 'none';
}
