import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DemoMail } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { DemoMailServer } from './server.ts';

/** What the demo's mail server took. Links that renew a lease are in it, so it is for administrators alone. */
export function mailRoutes({ mails }: Pick<DemoMailServer, 'mails'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/api/v1/demo/mails',
      roles: ['administrator'],
      summary: 'The newest mails that the demo’s mail server took',
      item: DemoMail,
      order: ['number'],
      query: {
        after: Type.Optional(Type.Integer({ minimum: 0, description: 'Those with a higher number' })),
      },
      all: ({ after = 0 }) => mails.filter(({ number }) => number > after),
    });
  };
}
