import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Id, Ups, UpsHistory } from '@huismeester/contracts';
import { itemRoute, listRoute } from '@huismeester/service';
import { type Static, Type } from 'typebox';
import type { History } from '../history/history.ts';

const Params = Type.Object({ id: Id });
const Query = Type.Object(
  {
    hours: Type.Integer({ minimum: 1, maximum: 48, default: 24 }),
    points: Type.Integer({ minimum: 50, maximum: 1500, default: 800, description: 'At most so many' }),
  },
  { additionalProperties: false },
);

/** What the routes answer from. */
interface Answers {
  readonly upses: () => readonly Ups[];
  readonly history: Pick<History, 'read'>;
}

/** The routes of ups-monitor: what is known of each UPS, for every role. */
export function upsRoutes({ upses, history }: Answers): FastifyPluginAsyncTypebox {
  const missing = ({ id }: Static<typeof Params>) => {
    const known = upses().map((each) => each.id);
    return `There is no UPS "${id}"; there are: ${known.join(', ') || 'none'}`;
  };
  return async (app) => {
    const roles = everyRole;
    listRoute(app, {
      url: '/ups',
      roles,
      summary: 'All UPSes',
      item: Ups,
      order: ['id', 'charge_pct', 'runtime_s', 'load_pct'],
      filters: ['contact', 'mains'],
      all: upses,
    });
    itemRoute(app, {
      url: '/ups/:id',
      roles,
      summary: 'One UPS',
      item: Ups,
      params: Params,
      find: ({ id }) => upses().find((each) => each.id === id),
      missing,
    });
    itemRoute(app, {
      url: '/ups/:id/history',
      roles,
      summary: 'How a UPS was in the last hours: charge, runtime, load and mains',
      item: UpsHistory,
      params: Params,
      query: Query,
      find: async ({ id }, request) => {
        if (!upses().some((each) => each.id === id)) return undefined;
        // As the schema has it: this was checked before.
        return await history.read(id, request.query as Static<typeof Query>);
      },
      missing,
    });
  };
}
