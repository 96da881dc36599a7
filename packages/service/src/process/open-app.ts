import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { OpenAccess } from '../access/access.ts';
import { tokenRoutes } from '../access/token-routes.ts';
import { createApp } from '../http/app.ts';
import { byCookie } from '../http/cookie.ts';
import { byLocalSocket, byServiceSecret, byToken, identifier } from '../http/identify.ts';
import { logRoutes } from '../http/log-routes.ts';
import { operationRoutes } from '../operation/routes.ts';
import { questionRoutes } from '../questions/routes.ts';
import type { Part, ProcessContext } from '../service.ts';
import { settingsRoutes } from '../settings/routes.ts';
import type { WebPage } from '../web/web-page.ts';
import type { Running } from './create-services.ts';
import { newsOf } from './news.ts';
import { partsOf } from './parts.ts';

type Options = ProcessContext & {
  readonly extraRoutes?: FastifyPluginAsyncTypebox;
  readonly page?: WebPage;
  readonly logger: Logger;
  readonly access: OpenAccess;
  readonly running: readonly Running[];
  /** Why there is no embedded broker although the settings name one. */
  readonly brokerProblem: string | undefined;
  /** Of the broker, and of the address. */
  readonly moreParts: () => Part[];
  /** Whether a request came in by the local socket. */
  readonly isLocal: (request: IncomingMessage) => boolean;
};

/** Answers HTTP with the routes of the process and of all its services; it does not listen. */
export async function openApp(options: Options): Promise<FastifyInstance> {
  const { settings, access, isLocal } = options;
  const app = await createApp({
    ...options,
    trustedProxy: settings.http.trustedProxy,
    news: newsOf(settings),
    services: options.running.map(({ service }) => service.name),
    parts: () => partsOf(options),
    identify: identifier([
      byLocalSocket((request) => isLocal(request.raw), access.personOf),
      byServiceSecret(settings.services),
      byToken(access.verify),
      byCookie(access.verify),
    ]),
  });
  await addRoutes(app, options);
  await app.ready();
  return app;
}

async function addRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { running, access, settings, extraRoutes } = options;
  const api: FastifyPluginAsyncTypebox = async (scope) => {
    await scope.register(tokenRoutes(access.tokens, options, settings.http.publicUrl));
    await scope.register(settingsRoutes(settings));
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
    await scope.register(questionRoutes(service));
    await scope.register(service.routes);
  };
}
