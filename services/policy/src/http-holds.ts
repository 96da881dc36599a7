import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  Duration,
  Hold,
  Id,
  milliseconds,
  Problem as ProblemBody,
  page,
  Role,
  Violation,
} from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { Type } from 'typebox';
import { placeHold, releaseHold, toResource } from './holds.ts';
import { listHolds, listViolations } from './store.ts';

const reads = { roles: Role.enum };
/** SPACE-3: a full team member; project managers follow with the register of projects. */
const holds = { roles: ['administrator', 'infrateam'] } as const;
const OfVm = Type.Object({ vm: Id });

/** Routes of holds and violations. */
export function holdRoutes(deps: {
  database: Database;
  log: EventLog;
  clock: Clock;
  changed: () => void;
}): FastifyPluginAsyncTypebox {
  const { database } = deps;
  return async (app) => {
    app.get(
      '/holds',
      {
        config: reads,
        schema: { summary: 'The VMs that are on hold', response: { 200: page(Hold) } },
      },
      async () => all((await listHolds(database.orm)).map(toResource)),
    );
    app.post(
      '/holds',
      {
        config: holds,
        schema: {
          summary: 'Put a VM on hold for maintenance: nothing is done to it, whatever the rules say',
          body: Type.Object(
            {
              vm: Id,
              for: Type.String({ ...Duration, description: 'At most 24h' }),
              because: Type.String({ minLength: 3, maxLength: 500 }),
            },
            { additionalProperties: false },
          ),
          response: { 201: Hold, 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const { vm, for: length, because } = request.body;
        const asked = { vm, forMs: milliseconds(length), because, by: request.who.name };
        return reply.status(201).send(await placeHold(deps, asked));
      },
    );
    app.delete(
      '/holds/:vm',
      {
        config: holds,
        schema: {
          summary: 'End a hold',
          params: OfVm,
          response: { 204: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        await releaseHold(deps, { vm: request.params.vm, by: request.who.name });
        return reply.status(204).send(null);
      },
    );
    app.get(
      '/violations',
      {
        config: reads,
        schema: {
          summary: 'What is not as the policy wants it',
          response: { 200: page(Violation) },
        },
      },
      async () => {
        const open = await listViolations(database.orm);
        return all(open.map(({ found, since }) => ({ ...found, since: new Date(since).toISOString() })));
      },
    );
  };
}

function all<T>(results: T[]) {
  return { results, next: null, count: results.length };
}
