import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@huismeester/clock';
import { PersonId, Role, Timestamp, Token } from '@huismeester/contracts';
import { type Refusal, refuse } from '@huismeester/events';
import { type Static, Type } from 'typebox';
import { type CommandParts, commandRoute } from '../http/command-route.ts';
import type { Identity } from '../http/identity.ts';
import { itemRoute } from '../http/item-route.ts';
import { listRoute } from '../http/list-route.ts';
import { Problem } from '../http/problem.ts';
import { directoryUnknown } from '../http/roles.ts';
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
    role: Role,
    expires: Type.Optional(Timestamp),
    person: Type.Optional(PersonId),
  },
  { additionalProperties: false },
);
const CreatedToken = Type.Object({
  ...Token.properties,
  secret: Type.String({ description: 'Shown this once: send it as a bearer token' }),
});
const Params = Type.Object({ id: Type.String() });

/** Whose tokens somebody may see, make and revoke is said in each: {@link scopeOf}. */
const roles = 'identified';
const tags = ['tokens'];
const statuses = { 'not-your-own': 403, 'role-not-yours': 403, 'unknown-person': 400 };
const missing = () => 'There is no such token';

/** `/tokens`: API tokens, all of them for administrators, one's own for a person who has logged in. Long, since it is a list of routes. */
export function tokenRoutes(tokens: TokenStore, parts: CommandParts): FastifyPluginAsyncTypebox {
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
      all: (_, { who }) => tokens.list(scopeOf(who)),
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
        const { name, role, expires: until, person = scopeOf(who) } = body;
        const refusal = refusalOf(body, who);
        if (refusal) return refusal;
        if (person !== undefined && !(await tokens.isPerson(tx, person))) return noSuchPerson();
        const expires = until === undefined ? undefined : future(until, parts.clock);
        const made = await tokens.create(tx, { name, role, expires, createdBy: who.name, person });
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

/** The person whose tokens alone somebody may see and change; undefined: all. Throws a Problem when it is none at all. */
function scopeOf({ roles: has, name, person, session }: Identity): string | undefined {
  if (has.includes('administrator')) return undefined;
  if (person !== undefined && session !== undefined) return person;
  const detail = `Administrators see all tokens, and a person who has logged in their own; "${name}" is neither`;
  throw new Problem(403, 'forbidden', 'Not with this role', { detail });
}

function isWithin(scope: string | undefined, { person }: Token): boolean {
  return scope === undefined || scope === person;
}

/** A person makes tokens for themselves, with roles that they have. */
function refusalOf({ role, person }: Static<typeof NewToken>, who: Identity): Refusal | undefined {
  const scope = scopeOf(who);
  if (scope === undefined) return undefined;
  if (who.directory) throw directoryUnknown(who.directory);
  if (person !== undefined && person !== scope) {
    const errors = [{ field: 'body.person', allowed: 'your own id, or nothing' }];
    return refuse('not-your-own', 'Only administrators make tokens for others', { errors });
  }
  if (who.roles.includes(role)) return undefined;
  const allowed = who.roles.length === 0 ? 'none: you have no role' : `one of ${who.roles.join(', ')}`;
  const errors = [{ field: 'body.role', found: JSON.stringify(role), allowed }];
  return refuse('role-not-yours', 'You do not have this role', { errors });
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
