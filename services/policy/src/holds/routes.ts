import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  Duration,
  Hold,
  milliseconds,
  PowerTarget,
  Problem as ProblemBody,
  page,
  Role,
} from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { type Clock, isUnchanged, listQuery, Problem, pageOfAll } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import { command } from '../commands.ts';
import { listHolds } from '../desired/store.ts';
import { partsOf, type PowerTarget as Target } from '../desired/target.ts';
import { hold, node, vm } from '../schema.ts';
import { holds, place, release } from './hold.ts';

const reads = { roles: Role.enum };
/** SPACE-3: a full team member; project managers follow with the register of projects. */
const changes = { roles: ['administrator', 'infrateam'] } as const;
const OfHold = Type.Object({ id: Type.String({ maxLength: 64 }) });
const Body = Type.Object(
  {
    target: PowerTarget,
    for: Type.String({ ...Duration, description: 'At most 24h' }),
    because: Type.String({ minLength: 3, maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** Routes of holds: what people put aside for maintenance, whatever the rules want. */
export function holdRoutes(deps: {
  database: Database;
  log: EventLog;
  clock: Clock;
  changed: () => void;
}): FastifyPluginAsyncTypebox {
  const { database, log, clock } = deps;
  const find = async (id: string): Promise<Hold> => {
    const [row] = await database.orm.select().from(hold).where(eq(hold.id, id));
    if (!row) throw new Problem(404, 'no-such-hold', 'There is no hold of that id');
    return toResource(row);
  };
  return async (app) => {
    app.get(
      '/holds',
      {
        config: reads,
        schema: {
          summary: 'What is on hold',
          querystring: listQuery(['until', 'since'], { target: Type.Optional(PowerTarget) }),
          response: { 200: page(Hold) },
        },
      },
      async (request) => {
        const all = await listHolds(database.orm, clock.now(), request.query.target);
        return pageOfAll(request, all.map(toResource));
      },
    );
    app.get(
      '/holds/:id',
      {
        config: reads,
        schema: {
          summary: 'One hold',
          params: OfHold,
          response: { 200: Hold, 304: Type.Null(), 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const found = await find(request.params.id);
        return isUnchanged(request, reply, found) ? reply.send(null) : found;
      },
    );
    app.post(
      '/holds',
      {
        config: changes,
        schema: {
          summary:
            'Put a VM or a node on hold for maintenance: nothing is done to it, whatever the rules want',
          body: Body,
          response: { 201: Hold, 404: ProblemBody },
        },
      },
      async (request, reply) => {
        const { target, for: length, because } = request.body;
        const id = randomUUID();
        const asked = { id, target: target as Target, forMs: milliseconds(length), because };
        await command(deps, (tx) =>
          holds.handle(tx, {
            log,
            id,
            actor: request.who.name,
            only: 'new',
            read: () => isKnown(tx, asked.target),
            decide: (_, known, { now }) => place(asked, known, now),
          }),
        );
        return reply.status(201).send(await find(id));
      },
    );
    app.delete(
      '/holds/:id',
      {
        config: changes,
        schema: { summary: 'End a hold', params: OfHold, response: { 204: Type.Null(), 404: ProblemBody } },
      },
      async (request, reply) => {
        const { id } = request.params;
        await command(deps, (tx) =>
          holds.handle(tx, {
            log,
            id,
            actor: request.who.name,
            only: 'existing',
            decide: (state) => (state ? release(id, state) : []),
          }),
        );
        return reply.status(204).send(null);
      },
    );
  };
}

async function isKnown(tx: Tx, target: Target): Promise<boolean> {
  const { kind, id } = partsOf(target);
  if (kind === 'vm') return (await tx.select({ key: vm.key }).from(vm).where(eq(vm.key, id))).length > 0;
  const nodes = await tx.select().from(node);
  return nodes.some(({ state }) => state.id === id);
}

/** A hold as REST shows it. */
function toResource({ id, target, since, until, because, by }: typeof hold.$inferSelect): Hold {
  return { id, target, since: since.toISOString(), until: until.toISOString(), because, by };
}
