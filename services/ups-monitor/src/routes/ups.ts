import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Contact, Id, Problem as ProblemBody, page, Role, Ups } from '@huismeester/contracts';
import { isUnchanged, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { Type } from 'typebox';

/** The routes of ups-monitor: what is known of each UPS, for every role. */
export function upsRoutes(upses: () => readonly Ups[]): FastifyPluginAsyncTypebox {
  return async (app) => {
    const config = { roles: Role.enum };
    const query = listQuery(['id', 'charge_pct', 'runtime_s', 'load_pct'], {
      contact: Type.Optional(Contact),
      mains: Type.Optional(Ups.properties.mains),
    });
    app.get(
      '/ups',
      { config, schema: { summary: 'All UPSes', querystring: query, response: { 200: page(Ups) } } },
      async (request) => {
        const { contact, mains } = request.query;
        const found = upses().filter(
          (ups) => (contact ?? ups.contact) === ups.contact && (mains ?? ups.mains) === ups.mains,
        );
        return pageOfAll(request, found);
      },
    );
    app.get(
      '/ups/:id',
      {
        config,
        schema: {
          summary: 'One UPS',
          params: Type.Object({ id: Id }),
          response: { 200: Ups, 304: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const ups = upses().find((each) => each.id === id);
        if (!ups) {
          const known = upses()
            .map((each) => each.id)
            .join(', ');
          const detail = `There is no UPS "${id}"; there are: ${known || 'none'}`;
          throw new Problem(404, 'ups-not-found', 'No such UPS', { detail });
        }
        return isUnchanged(request, reply, ups) ? reply.send(null) : ups;
      },
    );
  };
}
