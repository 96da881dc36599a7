import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LiveHeads } from '@huismeester/contracts';
import { Problem } from '@huismeester/service';
import type { RouteDeps } from '../deps.ts';
import { mayReadNow, mayReadOn } from '../now/may-read.ts';

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Reverse proxies that keep answers back (nginx) do not keep this one.
  'x-accel-buffering': 'no',
};

/**
 * `GET /live`: an event stream that says when there is something new to fetch, and nothing of what it is. It is written by hand: what Fastify answers is checked,
 * tagged and has an end, and this has none.
 */
export function liveRoutes({ page: { streams, publicNow } }: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preClose', async () => streams.end());
    const schema = {
      summary: 'Heads of all logs as they change: an event stream (text/event-stream)',
      produces: ['text/event-stream'],
      response: { 200: LiveHeads },
    };
    app.get(
      '/live',
      { config: { roles: 'anyone-known' }, schema, exposeHeadRoute: false },
      (request, reply) => {
        const asker = mayReadNow(request.asker, publicNow);
        if (streams.isFull()) throw tooMany();
        const { raw } = reply;
        reply.hijack();
        raw.writeHead(200, headers);
        streams.add({
          response: raw,
          // Whoever said who they are is held to it: their session ends, and so does the stream.
          mayStay: async () => asker === undefined || mayReadOn(await request.identifyAgain()),
        });
      },
    );
  };
}

function tooMany(): Problem {
  const detail = 'As many listen as may; ask for /now every few seconds instead';
  return new Problem(503, 'too-many-streams', 'Too many streams are open', { detail, retryAfterS: 5 });
}
