import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isFine, Part as PartSchema } from '@huismeester/contracts';
import type { Registry } from 'prom-client';
import { Type } from 'typebox';
import type { Part } from '../service.ts';

const Health = Type.Object({
  ready: Type.Boolean(),
  version: Type.String(),
  notReady: Type.Array(Type.String(), { description: 'The names of the parts that are not' }),
  parts: Type.Array(PartSchema),
});

const config = { roles: 'anyone' } as const;
const tags = ['operation'];

/** `/health/live`, `/health/ready` and `/metrics`, for probes that have no token. */
export function healthRoutes(options: {
  version: string;
  metrics: Registry;
  parts: () => Promise<Part[]>;
}): FastifyPluginAsyncTypebox {
  const { version, metrics, parts } = options;
  const Live = Type.Object({ live: Type.Boolean(), version: Type.String() });
  return async (app) => {
    app.get(
      '/health/live',
      { config, schema: { tags, summary: 'Whether the process answers', response: { 200: Live } } },
      async () => ({ live: true, version }),
    );
    const schema = { tags, summary: 'Whether every part works', response: { 200: Health, 503: Health } };
    app.get('/health/ready', { config, schema }, async (_, reply) => {
      const all = await parts();
      const ready = all.every(isFine);
      const notReady = all.filter((part) => !part.ready).map(({ name }) => name);
      return reply.code(ready ? 200 : 503).send({ ready, version, notReady, parts: all });
    });
    app.get('/metrics', { config, schema: { tags, summary: 'Metrics for Prometheus' } }, async (_, reply) =>
      reply.type(metrics.contentType).send(await metrics.metrics()),
    );
  };
}
