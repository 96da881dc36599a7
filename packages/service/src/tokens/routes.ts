import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Role, Timestamp, Token } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { Clock } from '@huismeester/clock';
import { isMatch } from '../http/etag.ts';
import { itemRoute } from '../http/item-route.ts';
import { listRoute } from '../http/list-route.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { TokenStore } from './store.ts';

/** Names of the other kinds of actors that stand in the log. */
const otherActor = '(local|service|session|person):';

const NewToken = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: `^(?!\\s*${otherActor})\\S(.*\\S)?$`,
      description: `what it is for; stands in the log, so it is unique, and begins with none of ${otherActor}`,
    }),
    role: Role,
    expires: Type.Optional(Timestamp),
  },
  { additionalProperties: false },
);
const CreatedToken = Type.Object({
  ...Token.properties,
  secret: Type.String({ description: 'Shown this once: send it as a bearer token' }),
});
const Params = Type.Object({ id: Type.String() });

const roles = ['administrator'] as const;
const config = { roles } as const;
const tags = ['tokens'];
const missing = () => 'There is no such token';

/** `/tokens`: API tokens, for administrators. */
export function tokenRoutes(tokens: TokenStore, clock: Clock): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, tags };
    });
    listRoute(app, {
      url: '/tokens',
      roles,
      summary: 'All tokens',
      item: Token,
      order: ['created', 'name', 'role', 'lastUsed'],
      filters: ['role', 'name', 'createdBy'],
      all: () => tokens.list(),
    });
    itemRoute(app, {
      url: '/tokens/:id',
      roles,
      summary: 'One token',
      item: Token,
      params: Params,
      find: ({ id }) => tokens.get(id),
      missing,
    });
    const creating = { summary: 'Make a token', body: NewToken, response: { 201: CreatedToken } };
    app.post('/tokens', { config, schema: creating }, async ({ body, who, log }, reply) => {
      const { name, role } = body;
      const expires = body.expires === undefined ? undefined : future(body.expires, clock);
      const made = await tokens.create({ name, role, expires, createdBy: who.name });
      if (made === undefined) throw new Problem(409, 'exists', `There is a token "${name}" already`);
      const { token, secret } = made;
      log.info({ tokenId: token.id, role, by: who.name }, 'API token made');
      reply.header('cache-control', 'no-store').header('location', `/api/v1/tokens/${token.id}`);
      return reply.code(201).send({ ...token, secret });
    });
    const removing = { summary: 'Revoke a token', params: Params, response: { 204: Type.Null() } };
    app.delete('/tokens/:id', { config, schema: removing }, async (request, reply) => {
      const found = await tokens.get(request.params.id);
      if (found === undefined) throw notFound(missing());
      if (!isMatch(request, found)) throw new Problem(412, 'stale', 'The token has changed; read it again');
      await tokens.remove(found.id);
      request.log.info({ tokenId: found.id, by: request.who.name }, 'API token revoked');
      return reply.code(204).send(null);
    });
  };
}

function future(expires: string, clock: Clock): Date {
  const at = new Date(expires);
  if (at > clock.now()) return at;
  const errors = [{ field: 'body.expires', found: expires, allowed: 'a time in the future' }];
  throw new Problem(400, 'invalid-request', 'The request is not as it should be', { errors });
}
