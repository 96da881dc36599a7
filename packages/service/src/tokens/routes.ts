import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@huismeester/clock';
import { Role, Timestamp, Token } from '@huismeester/contracts';
import { refuse } from '@huismeester/events';
import { Type } from 'typebox';
import { type CommandParts, commandRoute } from '../http/command-route.ts';
import { itemRoute } from '../http/item-route.ts';
import { listRoute } from '../http/list-route.ts';
import { Problem } from '../http/problem.ts';
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
const tags = ['tokens'];
const missing = () => 'There is no such token';

/** `/tokens`: API tokens, for administrators. */
export function tokenRoutes(tokens: TokenStore, parts: CommandParts): FastifyPluginAsyncTypebox {
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
    commandRoute(app, parts, {
      method: 'POST',
      url: '/tokens',
      roles,
      summary: 'Make a token',
      body: NewToken,
      answer: CreatedToken,
      creates: { at: ({ id }) => `/tokens/${id}` },
      secret: true,
      async run(tx, { body: { name, role, expires: until }, who }) {
        const expires = until === undefined ? undefined : future(until, parts.clock);
        const made = await tokens.create(tx, { name, role, expires, createdBy: who.name });
        if (made === undefined) return refuse('exists', `There is a token "${name}" already`);
        return { ...made.token, secret: made.secret };
      },
      done: ({ id, role }, { who }, { log }) => {
        log.info({ tokenId: id, role, by: who.name }, 'API token made');
      },
    });
    commandRoute(app, parts, {
      method: 'DELETE',
      url: '/tokens/:id',
      roles,
      summary: 'Revoke a token',
      params: Params,
      async run(tx, { params, matches }) {
        const found = await tokens.lock(tx, params.id);
        if (found === undefined) return refuse('not-found', missing());
        if (!matches(found)) return refuse('stale', 'The token has changed; read it again');
        await tokens.remove(tx, params.id);
        return undefined;
      },
      done: (_, { params, who }, { log }) =>
        log.info({ tokenId: params.id, by: who.name }, 'API token revoked'),
    });
  };
}

function future(expires: string, clock: Clock): Date {
  const at = new Date(expires);
  if (at > clock.now()) return at;
  const errors = [{ field: 'body.expires', found: expires, allowed: 'a time in the future' }];
  throw new Problem(400, 'invalid-request', 'The request is not as it should be', { errors });
}
