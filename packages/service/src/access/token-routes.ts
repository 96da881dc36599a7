import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@huismeester/clock';
import { PersonId, Role as RoleSchema, Timestamp, Token } from '@huismeester/contracts';
import { type Refusal, refuse } from '@huismeester/events';
import { Type } from 'typebox';
import { type CommandParts, commandRoute } from '../http/command-route.ts';
import type { Role } from '../http/identity.ts';
import { itemRoute } from '../http/item-route.ts';
import { listRoute } from '../http/list-route.ts';
import { Problem } from '../http/problem.ts';
import { isWithin, ownerOf, refusalOf, scopeOf } from './token-scope.ts';
import type { TokenStore } from './tokens.ts';

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
    role: RoleSchema,
    expires: Type.Optional(Timestamp),
    person: Type.Optional(PersonId),
  },
  { additionalProperties: false },
);
const CreatedToken = Type.Object({
  ...Token.properties,
  secret: Type.String({ description: 'Shown this once: send it as a bearer token' }),
  link: Type.Optional(
    Type.String({
      description:
        'Of a display: what to open on it, where settings have http.publicUrl; the secret is behind the #, which a browser sends to nobody',
    }),
  ),
});
const Params = Type.Object({ id: Type.String() });

/** Whose tokens somebody may see, make and revoke is said in each: {@link scopeOf}. */
const roles = 'identified';
const tags = ['tokens'];
const statuses = {
  'not-your-own': 403,
  'role-not-yours': 403,
  'unknown-person': 400,
  'display-of-nobody': 400,
};
const missing = () => 'There is no such token';

/**
 * `/tokens`: API tokens, all of them for administrators, one's own for a person who has logged in, and screens for the team. `publicUrl`: where a
 * screen reaches this. Long, since it is a list of routes.
 */
export function tokenRoutes(
  tokens: TokenStore,
  parts: CommandParts,
  publicUrl: string | undefined,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, tags };
    });
    listRoute(app, {
      url: '/tokens',
      roles,
      summary: 'All tokens that one may see',
      item: Token,
      order: ['created', 'name', 'role', 'lastUsed'],
      filters: ['role', 'name', 'createdBy', 'person'],
      async all(_, { who }) {
        const scope = scopeOf(who);
        return (await tokens.list()).filter((each) => isWithin(scope, each));
      },
    });
    itemRoute(app, {
      url: '/tokens/:id',
      roles,
      summary: 'One token',
      item: Token,
      params: Params,
      async find({ id }, { who }) {
        const scope = scopeOf(who);
        const found = await tokens.get(id);
        return found && isWithin(scope, found) ? found : undefined;
      },
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
      statuses,
      async run(tx, { body, who }) {
        const { name, role, expires: until } = body;
        const refusal = refusalOf(body, who);
        if (refusal) return refusal;
        const person = ownerOf(body, scopeOf(who));
        if (person !== undefined && !(await tokens.isPerson(tx, person))) return noSuchPerson();
        const expires = until === undefined ? undefined : future(until, parts.clock);
        const made = await tokens.create(tx, { name, role, expires, createdBy: who.name, person });
        if (made === undefined) return refuse('exists', `There is a token "${name}" already`);
        return { ...made.token, secret: made.secret, ...linkOf(role, publicUrl, made.secret) };
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
      async run(tx, { params, who, matches }) {
        const scope = scopeOf(who);
        const found = await tokens.lock(tx, params.id);
        if (found === undefined || !isWithin(scope, found)) return refuse('not-found', missing());
        if (!matches(found)) return refuse('stale', 'The token has changed; read it again');
        await tokens.remove(tx, params.id);
        return undefined;
      },
      done: (_, { params, who }, { log }) =>
        log.info({ tokenId: params.id, by: who.name }, 'API token revoked'),
    });
  };
}

function linkOf(role: Role, publicUrl: string | undefined, secret: string): { link?: string } {
  if (role !== 'display' || publicUrl === undefined) return {};
  return { link: `${publicUrl.replace(/\/$/, '')}/display#${secret}` };
}

function noSuchPerson(): Refusal {
  const allowed = 'the id of a person of the directory who is not disabled';
  return refuse('unknown-person', 'There is no such person', { errors: [{ field: 'body.person', allowed }] });
}

function future(expires: string, clock: Clock): Date {
  const at = new Date(expires);
  if (at > clock.now()) return at;
  const errors = [{ field: 'body.expires', found: expires, allowed: 'a time in the future' }];
  throw new Problem(400, 'invalid-request', 'The request is not as it should be', { errors });
}
