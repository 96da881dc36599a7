import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApp } from '../http/app.ts';
import { cannotListen } from '../http/cannot-listen.ts';
import { identifier } from '../http/identify.ts';
import { type LocalSocket, openLocalSocket } from '../http/local-socket.ts';
import { logRoutes } from '../http/log-routes.ts';
import { operationRoutes } from '../operation/routes.ts';
import type { ServiceContext } from '../service.ts';
import { tokenRoutes } from '../tokens/routes.ts';
import type { TokenStore } from '../tokens/store.ts';
import type { Closing } from './closing.ts';
import type { Running } from './create-services.ts';
import { partsOf } from './health.ts';

type Options = Pick<ServiceContext, 'settings' | 'database' | 'clock' | 'metrics' | 'version'> & {
  readonly extraRoutes?: FastifyPluginAsyncTypebox;
  readonly logger: Logger;
  readonly tokens: TokenStore;
  readonly running: readonly Running[];
  /** Why there is no embedded broker although the settings name one. */
  readonly brokerProblem: string | undefined;
  readonly closing: Closing;
};

/**
 * Answers HTTP with the routes of all services, on the settings' address and on the local socket. Throws a CannotListen
 * or a LocalSocketError when one of them cannot be had.
 */
export async function listen(options: Options): Promise<{ url: string; socket: string }> {
  const { settings, closing } = options;
  let socket: LocalSocket | undefined;
  const app = await createApp({
    ...options,
    parts: () => partsOf(options),
    identify: identifier({
      services: settings.services,
      isLocal: (request) => socket?.has(request.raw) === true,
      verifyToken: options.tokens.verify,
    }),
  });
  await addRoutes(app, options);
  const { host, port, socket: path } = settings.http;
  closing.add('HTTP', () => app.close());
  await app.listen({ host, port }).catch((error: unknown) => {
    throw cannotListen(error, { host, port });
  });
  socket = await openLocalSocket(path, app.routing);
  closing.add('local socket', () => socket?.close());
  return { url: urlOf(app, host), socket: path };
}

async function addRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { running, tokens, clock, extraRoutes } = options;
  const api: FastifyPluginAsyncTypebox = async (scope) => {
    await scope.register(tokenRoutes(tokens, clock));
    for (const each of running) await scope.register(routesOf(each, options));
  };
  await app.register(api, { prefix: '/api/v1' });
  if (extraRoutes) await app.register(extraRoutes);
}

/** All routes of a service; in the documentation they stand under its name. */
function routesOf(each: Running, options: Options): FastifyPluginAsyncTypebox {
  const { service, flow } = each;
  const parts = () => partsOf({ ...options, running: [each] });
  return async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, tags: [service.name] };
    });
    await scope.register(operationRoutes({ service, flow, parts, process: options }));
    await scope.register(logRoutes(service));
    await scope.register(service.routes);
  };
}

function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // One cannot connect to "all addresses".
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
