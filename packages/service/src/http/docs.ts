import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Problem } from '@huismeester/contracts';
import type { FastifyInstance } from 'fastify';

/** `/openapi.json` (OpenAPI 3.1, made from the routes' own schemas) and pages at `/docs` that need no internet. */
export async function addDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Huismeester', description: "The caretaker of a hackerspace's infrastructure", version },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: ({ schema, url, route }) => {
      const roles = route.config?.roles ?? 'anyone';
      const anyone = roles === 'anyone';
      const hide = schema?.hide ?? /^\/(docs|openapi)/.test(url);
      const who = anyone ? 'For anyone.' : `For: ${roles.join(', ')}.`;
      const description = [schema?.description, who].filter((each) => each !== undefined).join('\n\n');
      const response = { ...responses(schema?.response), default: problem };
      return {
        url,
        schema: { ...schema, hide, description, security: anyone ? [] : [{ token: [] }], response },
      };
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // The validator is on the internet.
    uiConfig: { validatorUrl: null, url: '/openapi.json' },
  });
  const config = { roles: 'anyone' } as const;
  app.get('/openapi.json', { config, schema: { hide: true } }, async () => app.swagger());
}

const problem = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: Problem } },
};

function responses(response: unknown): object {
  return typeof response === 'object' && response !== null ? response : {};
}
