import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LiveHeads } from '@huismeester/contracts';
import { Problem } from '@huismeester/service';
import type { RouteDeps } from '../deps.ts';
import { mayReadNow } from '../now/may-read.ts';

/** `GET /live`: an event stream that says when there is something new to fetch, and nothing of what it is. */
export function liveRoutes({ page: { streams, publicNow } }: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preClose', (done) => {
      streams.end();
      done();
    });
    const schema = {
      summary: 'Heads of all logs as they change: an event stream (text/event-stream)',
      produces: ['text/event-stream'],
      response: { 200: LiveHeads },
    };
    app.get(
      '/live',
      { config: { roles: 'anyone-known' }, schema, exposeHeadRoute: false },
      (request, reply) => {
        mayReadNow(request.asker, publicNow);
        const { raw } = reply;
        const listener = {
          response: raw,
          // Whoever said who they are is held to it: their session ends, and so does the stream.
          mayStay: async () => request.asker === undefined || (await request.identifyAgain()) !== undefined,
        };
        const headers = {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        };
        if (streams.isFull()) {
          const detail = 'As many listen as may; ask every few seconds instead';
          throw new Problem(503, 'too-many-streams', 'Too many streams are open', { detail });
        }
        reply.hijack();
        raw.writeHead(200, headers);
        streams.add(listener);
      },
    );
  };
}
