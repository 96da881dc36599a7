import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  Duration,
  milliseconds,
  Problem as ProblemBody,
  page,
  Role,
  Violation,
} from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { isUnchanged, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import { command } from '../commands.ts';
import { violationData } from '../desired/events.ts';
import { violation } from '../schema.ts';
import { accept, violations, withdraw } from './accept.ts';

const reads = { roles: Role.enum };
/** A full team member; until there is a register of the team, whoever has its role. */
const accepts = { roles: ['administrator', 'infrateam'] } as const;
const OfViolation = Type.Object({ id: Type.String({ maxLength: 200 }) });
const Filters = {
  kind: Type.Optional(Type.String()),
  clause: Type.Optional(Type.String()),
  about: Type.Optional(Type.String()),
  severity: Type.Optional(Violation.properties.severity),
};
const Body = Type.Object(
  {
    for: Type.String({ ...Duration, description: 'At most 8784h' }),
    because: Type.String({ minLength: 3, maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** Routes of the register of violations, and of accepting one for now (gedoogd). */
export function violationRoutes(deps: {
  database: Database;
  log: EventLog;
  changed: () => void;
}): FastifyPluginAsyncTypebox {
  const { database, log } = deps;
  const find = async (id: string): Promise<Violation> => {
    const [row] = await database.orm.select().from(violation).where(eq(violation.id, id));
    if (!row) throw new Problem(404, 'no-such-violation', 'There is no open violation of that id');
    return toResource(row);
  };
  return async (app) => {
    app.get(
      '/violations',
      {
        config: reads,
        schema: {
          summary: 'What is not as the policy wants it',
          querystring: listQuery(['since', 'about', 'clause', 'severity'], Filters),
          response: { 200: page(Violation) },
        },
      },
      async (request) => {
        const { limit: _l, offset: _o, order: _b, ...filters } = request.query;
        const all = (await database.orm.select().from(violation)).map(toResource);
        const found = all.filter((each) =>
          Object.entries(filters).every(([field, value]) => Reflect.get(each, field) === value),
        );
        return pageOfAll(request, found);
      },
    );
    app.get(
      '/violations/:id',
      {
        config: reads,
        schema: {
          summary: 'One violation that is open',
          params: OfViolation,
          response: { 200: Violation, 304: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const found = await find(request.params.id);
        return isUnchanged(request, reply, found) ? reply.send(null) : found;
      },
    );
    app.put(
      '/violations/:id/acceptance',
      {
        config: accepts,
        schema: {
          summary: 'Accept a violation for now: who, why, until when',
          params: OfViolation,
          body: Body,
          response: { 200: Violation, 404: ProblemBody },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { for: length, because } = request.body;
        await command(deps, (tx) =>
          violations.handle(tx, {
            log,
            id,
            actor: request.who.name,
            only: 'existing',
            decide: (_, _extra, { now }) => accept(id, { forMs: milliseconds(length), because }, now),
          }),
        );
        return await find(id);
      },
    );
    app.delete(
      '/violations/:id/acceptance',
      {
        config: accepts,
        schema: {
          summary: 'Accept a violation no more',
          params: OfViolation,
          response: { 204: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await command(deps, (tx) =>
          violations.handle(tx, {
            log,
            id,
            actor: request.who.name,
            only: 'existing',
            decide: (state) => (state ? withdraw(id, state) : []),
          }),
        );
        return reply.status(204).send(null);
      },
    );
  };
}

function toResource({ id, found, since, accepted }: typeof violation.$inferSelect): Violation {
  return {
    ...violationData(id, found),
    since: since.toISOString(),
    ...(accepted && {
      accepted: {
        by: accepted.by,
        because: accepted.because,
        since: new Date(accepted.since).toISOString(),
        until: new Date(accepted.until).toISOString(),
      },
    }),
  };
}
