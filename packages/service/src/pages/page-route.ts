import type { FastifyInstance } from 'fastify';

/** A page has nothing but its own style. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'";

/** `GET` of a page without scripts, for anyone; it stands in no documentation. */
export function pageRoute(app: FastifyInstance, url: string, page: string): void {
  app.get(url, { config: { roles: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page),
  );
}
