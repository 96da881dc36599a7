import { createHash } from 'node:crypto';
import type { Clock } from '@huismeester/clock';
import type { Database, Tx } from '@huismeester/database';
import { type EventTables, isRefusal, once, type Refusal, refuse } from '@huismeester/events';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { isMatch } from './etag.ts';
import type { Allowed, Identity, PersonOnly } from './identity.ts';
import { notFound, Problem } from './problem.ts';

/** What somebody asks for, checked. */
export interface Command<
  Params extends TObject,
  Body extends TSchema,
  Prepared = unknown,
  Query extends TObject = TObject,
> {
  readonly params: Static<Params>;
  readonly query: Static<Query>;
  readonly body: Static<Body>;
  readonly who: Identity;
  /** What `prepare` answered; undefined without it. */
  readonly prepared: Prepared;
  /** Whether If-Match names this resource, or was not sent: to be asked under the lock, as `ifMatch` of an aggregate's `handle`. */
  readonly matches: (resource: unknown) => boolean;
}

export interface CommandRoute<
  Params extends TObject,
  Body extends TSchema,
  Answer extends TSchema,
  Given extends Static<Answer> | undefined,
  Prepared = unknown,
  Query extends TObject = TObject,
> {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly roles: Exclude<Allowed, 'anyone' | 'anyone-known'>;
  /** Only a person may do it. */
  readonly person?: PersonOnly;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Left out where there is nothing to answer: 204. */
  readonly answer?: Answer;
  /** It makes something: 201 with its path, and it takes an `Idempotency-Key`; 202 for what is only begun, with the path of what shows how far it is. */
  readonly creates?: { readonly at: (answer: Static<Answer>) => string; readonly status?: 201 | 202 };
  /** The answer holds a secret: it is stored nowhere, so it takes no `Idempotency-Key`. */
  readonly secret?: true;
  /** The HTTP status of refusals of its own, by code; 409 if left out. */
  readonly statuses?: Readonly<Record<string, number>>;
  /** What is asked of others beforehand, outside of the transaction; a {@link Refusal} ends it there. What it changes elsewhere is not rolled back, so If-Match is compared in it. */
  readonly prepare?: (
    asked: Omit<Command<Params, Body, unknown, Query>, 'prepared'>,
  ) => Promise<Prepared | Refusal>;
  /** Carries it out in one transaction; a {@link Refusal} has written nothing. */
  readonly run: (tx: Tx, command: Command<Params, Body, Prepared, Query>) => Promise<Given | Refusal>;
  /** Once it is committed. */
  readonly done?: (
    answer: Given,
    command: Command<Params, Body, Prepared, Query>,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => void;
}

/** What a command route needs of its service; the tables where something is created. */
export interface CommandParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly tables?: Pick<EventTables, 'idempotencyKey'>;
}

/** One code for one condition, on all routes. */
const statuses: Readonly<Record<string, number>> = {
  'not-found': 404,
  exists: 409,
  stale: 412,
  'idempotency-key-reused': 422,
  'person-required': 403,
  'no-idempotency-key': 400,
};

const header = (description: string, pattern: string) =>
  Type.Optional(Type.String({ description, minLength: 1, maxLength: 200, pattern }));
const ifMatch = header('Refused with 412 when the resource has another ETag by now', '^[ -~]+$');
const idempotencyKey = header('The same request again gets the same answer, for 24 h', '^[!-~]+$');

/**
 * A write: who may, what is asked, If-Match compared under the lock (412), a refusal as a problem with its code and clause. All of it happens
 * in one transaction of the service's database.
 */
export function commandRoute<
  Params extends TObject = TObject,
  Body extends TSchema = TSchema,
  Answer extends TSchema = TSchema,
  Given extends Static<Answer> | undefined = Static<Answer>,
  Prepared = unknown,
  Query extends TObject = TObject,
>(
  app: FastifyInstance,
  parts: CommandParts,
  route: CommandRoute<Params, Body, Answer, Given, Prepared, Query>,
): void {
  const { method, url, roles, person, done } = route;
  const config = { roles, ...(person && { person }) };
  app.route({
    method,
    url,
    config,
    schema: schemaOf(route),
    handler: async (request, reply) => {
      let compared = false;
      // As the schemas have it: this was checked before.
      const asked = {
        params: request.params as Static<Params>,
        query: request.query as Static<Query>,
        body: request.body as Static<Body>,
        who: request.who,
        matches: (resource: unknown) => {
          compared = true;
          return isMatch(request, resource);
        },
      };
      const prepared = await route.prepare?.(asked);
      if (isRefusal(prepared)) throw problemOf(prepared, request, route.statuses);
      const command: Command<Params, Body, Prepared, Query> = {
        ...asked,
        // Without `prepare` its type is unknown.
        prepared: prepared as Prepared,
      };
      const outcome = await parts.database.transaction(async (tx) => {
        const found = await onceIfAsked(tx, parts, route, request, (tx) => route.run(tx, command));
        // Nothing was there to compare with, so the condition does not hold; what was done is rolled back.
        if (!isRefusal(found) && request.headers['if-match'] !== undefined && !compared) throw absent();
        return found;
      });
      if (isRefusal(outcome)) throw problemOf(outcome, request, route.statuses);
      done?.(outcome, command, request, reply);
      return answer(reply, route, outcome);
    },
  });
}

function schemaOf<Params extends TObject, Body extends TSchema, Answer extends TSchema>(
  route: Pick<
    CommandRoute<Params, Body, Answer, Static<Answer>>,
    'summary' | 'params' | 'query' | 'body' | 'answer' | 'creates' | 'secret'
  >,
): FastifySchema {
  const { summary, params, query, body, creates, secret } = route;
  const headers = { 'if-match': ifMatch, ...(creates && !secret && { 'idempotency-key': idempotencyKey }) };
  const status = route.answer === undefined ? 204 : creates ? (creates.status ?? 201) : 200;
  return {
    summary,
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    headers: Type.Object(headers),
    response: { [status]: route.answer ?? Type.Null() },
  };
}

async function onceIfAsked<Given>(
  tx: Tx,
  { tables, clock }: CommandParts,
  { creates, secret }: { creates?: unknown; secret?: true },
  request: FastifyRequest,
  run: (tx: Tx) => Promise<Given | Refusal>,
): Promise<Given | Refusal> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return await run(tx);
  if (!creates || secret || !tables) return refuse('no-idempotency-key', 'This takes no Idempotency-Key');
  const text = JSON.stringify([request.method, request.url, request.body]);
  const digest = createHash('sha256').update(text).digest('hex');
  const asked = { actor: request.who.name, key, request: digest };
  return await once(tx, { tables, now: clock.now() }, asked, run);
}

function answer<Params extends TObject, Body extends TSchema, Answer extends TSchema>(
  reply: FastifyReply,
  route: Pick<CommandRoute<Params, Body, Answer, Static<Answer>>, 'answer' | 'creates' | 'secret'>,
  outcome: Static<Answer> | undefined,
): FastifyReply {
  if (route.answer === undefined) return reply.code(204).send(null);
  if (route.secret) reply.header('cache-control', 'no-store');
  if (route.creates && outcome !== undefined) {
    reply.code(route.creates.status ?? 201).header('location', `/api/v1${route.creates.at(outcome)}`);
  }
  return reply.send(outcome);
}

/** What a refusal is in HTTP. */
function problemOf(
  { code, title, clause, errors }: Refusal,
  request: FastifyRequest,
  own: Readonly<Record<string, number>> = {},
): Problem {
  const status = own[code] ?? statuses[code] ?? 409;
  if (code === 'not-found' && errors === undefined) return notFound(title, request);
  return new Problem(status, code, title, { ...(clause && { clause }), ...(errors && { errors }) });
}

function absent(): Problem {
  return new Problem(412, 'stale', 'If-Match names a resource, and there is none');
}
