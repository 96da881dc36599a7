import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@huismeester/clock';
import { page, Role, Timestamp, Token } from '@huismeester/contracts';
import { Type } from 'typebox';
import { isUnchanged, requireMatch } from '../http/etag.ts';
import { listQuery, pageOfAll } from '../http/list.ts';
import { Problem } from '../http/problem.ts';
import type { TokenStore } from './store.ts';

const NewToken = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'what it is for; stands in the log' }),
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
const Query = listQuery(['created', 'name', 'role', 'lastUsed'], { role: Type.Optional(Role) });

const config = { roles: ['administrator'] } as const;
const tags = ['tokens'];

/** `/tokens`: API tokens, for administrators. */
export function tokenRoutes(tokens: TokenStore, clock: Clock): FastifyPluginAsyncTypebox {
  const existing = async (id: string): Promise<Token> => {
    const found = await tokens.get(id);
    if (found) return found;
    throw new Problem(404, 'no-such-token', 'There is no such token');
  };
  return async (app) => {
    const creating = { tags, summary: 'Make a token', body: NewToken, response: { 201: CreatedToken } };
    app.post('/tokens', { config, schema: creating }, async ({ body, who, log }, reply) => {
      const { name, role } = body;
      const expires = body.expires === undefined ? undefined : future(body.expires, clock);
      const { token, secret } = await tokens.create({ name, role, expires, createdBy: who.name });
      log.info({ tokenId: token.id, role, by: who.name }, 'API token made');
      reply.header('cache-control', 'no-store').header('location', `/api/v1/tokens/${token.id}`);
      return reply.code(201).send({ ...token, secret });
    });

    const listing = { tags, summary: 'All tokens', querystring: Query, response: { 200: page(Token) } };
    app.get('/tokens', { config, schema: listing }, async (request) => {
      const { role } = request.query;
      const all = await tokens.list();
      return pageOfAll(
        request,
        all.filter((each) => role === undefined || each.role === role),
      );
    });

    const getting = {
      tags,
      summary: 'One token',
      params: Params,
      response: { 200: Token, 304: Type.Null() },
    };
    app.get('/tokens/:id', { config, schema: getting }, async (request, reply) => {
      const found = await existing(request.params.id);
      return isUnchanged(request, reply, found) ? reply.code(304).send(null) : found;
    });

    const removing = { tags, summary: 'Revoke a token', params: Params, response: { 204: Type.Null() } };
    app.delete('/tokens/:id', { config, schema: removing }, async (request, reply) => {
      const found = await existing(request.params.id);
      requireMatch(request, found);
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
