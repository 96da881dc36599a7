import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import {
  type AsyncApiOptions,
  asyncApi,
  Problem,
  type ServiceName,
  serviceNames,
} from '@huismeester/contracts';
import type { FastifyInstance } from 'fastify';
import { eventsPage } from '../pages/events-page.ts';
import { pageRoute } from '../pages/page-route.ts';
import { cookieNames } from './cookie.ts';
import type { Allowed } from './identity.ts';

/**
 * `/openapi.json` (OpenAPI 3.1, made from the routes' own schemas) with pages at `/docs`, and `/asyncapi.json` (AsyncAPI
 * 3, all services' topics) with a page at `/docs/events`; none of them needs the internet. `services` are those of this
 * process, the only ones whose routes it knows.
 */
export async function addDocs(
  app: FastifyInstance,
  news: AsyncApiOptions,
  services: readonly ServiceName[],
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Huismeester',
        description: "The caretaker of a hackerspace's infrastructure",
        version: news.version,
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: cookieNames.https,
            description: `What a browser keeps of a login; over plain HTTP \`${cookieNames.http}\``,
          },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const roles = route.config?.roles ?? 'anyone';
      const anyone = roles === 'anyone' || roles === 'anyone-known';
      const hide = schema?.hide ?? /^\/(docs|openapi)/.test(url);
      const who = forWhom(roles);
      const description = [schema?.description, who].filter((each) => each !== undefined).join('\n\n');
      const response = { ...responses(schema?.response), default: problem };
      return {
        url,
        schema: {
          ...schema,
          hide,
          description,
          security: anyone ? [] : [{ token: [] }, { session: [] }],
          response,
        },
      };
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // From another machine they come over plain HTTP, which must not become HTTPS: nothing listens for that here.
    transformStaticCSP: (header) => header.replace(/;?\s*upgrade-insecure-requests/, ''),
    // The validator is on the internet.
    uiConfig: { validatorUrl: null, urls: documents(services) },
  });
  const config = { roles: 'anyone' } as const;
  app.get('/openapi.json', { config, schema: { hide: true } }, async () => app.swagger());
  const document = asyncApi(news);
  app.get('/asyncapi.json', { config, schema: { hide: true } }, async () => document);
  pageRoute(app, '/docs/events', eventsPage(document, '/asyncapi.json'));
}

function forWhom(roles: Allowed): string {
  if (roles === 'anyone') return 'For anyone.';
  if (roles === 'anyone-known')
    return 'For anyone, as far as settings say; more for whoever says who they are.';
  return roles === 'identified' ? 'For whoever says who they are.' : `For: ${roles.join(', ')}.`;
}

/** Those that the pages at `/docs` let one choose from: other services' are there behind the reverse proxy. */
function documents(services: readonly ServiceName[]): { name: string; url: string }[] {
  const others = serviceNames.filter((name) => !services.includes(name));
  return [
    { name: services.join(', '), url: '/openapi.json' },
    ...others.map((name) => ({ name, url: `/openapi/${name}.json` })),
  ];
}

const problem = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: Problem } },
};

function responses(response: unknown): object {
  return typeof response === 'object' && response !== null ? response : {};
}
