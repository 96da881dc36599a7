import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { AsyncApiOptions, ServiceName } from '@huismeester/contracts';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Part } from '../service.ts';
import { addWebPage, type WebPage } from '../web/web-page.ts';
import { bareApp, type TrustedProxy } from './bare-app.ts';
import { boundNumbers } from './bounded.ts';
import { addDocs } from './docs.ts';
import { addFrontPage } from './front-page.ts';
import { healthRoutes } from './health.ts';
import type { Identity } from './identity.ts';
import { holdToRoles } from './roles.ts';
import { answerUnknownRoutes } from './route-table.ts';
import { validatorCompiler } from './validator.ts';

export interface AppOptions {
  readonly logger: FastifyBaseLogger;
  readonly version: string;
  readonly trustedProxy?: TrustedProxy;
  readonly metrics: Registry;
  /** Where MQTT clients hear of what happens. */
  readonly news: Pick<AsyncApiOptions, 'root' | 'brokerUrls'>;
  /** Those that answer in this process. */
  readonly services: readonly ServiceName[];
  readonly parts: () => Promise<Part[]>;
  /** What is at `/` and at all paths that are its; left out: a page with links. */
  readonly page?: WebPage;
  /** Who makes the request; undefined when nobody says so. Throws a Problem when what they say is not true. */
  readonly identify: (request: FastifyRequest) => Promise<Identity | undefined>;
}

/** The HTTP side without a service: checks, roles, problems, documentation, health and metrics. Routes may be added until it is ready. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = bareApp(options.logger, options.trustedProxy);
  app.withTypeProvider<TypeBoxTypeProvider>().setValidatorCompiler(validatorCompiler);
  answerUnknownRoutes(app, options.page && (await addWebPage(app, options.page)));
  boundNumbers(app);
  holdToRoles(app, options.identify);
  app.addHook('onSend', async (_, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
  });
  await addDocs(app, { ...options.news, version: options.version }, options.services);
  if (!options.page) addFrontPage(app, options.services);
  await app.register(healthRoutes(options));
  return app;
}
