import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Duration, everyRole, milliseconds, Violation, ViolationCount } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal } from '@huismeester/events';
import { type Command, commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { type TSchema, Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { violationData } from '../desired/events.ts';
import { maySee, type readersOfPeople } from '../people/may-see.ts';
import { violation } from '../schema.ts';
import { type Acceptance, accept, type ViolationState, violations, withdraw } from './accept.ts';
import { countsOf } from './counts.ts';

const reads = everyRole;
/** A full team member. Each may read what is about people, so nobody accepts what they may not see. */
const accepts = ['administrator', 'infrateam'] as const satisfies readonly (typeof readersOfPeople)[number][];
const Params = Type.Object({ id: Type.String({ maxLength: 200 }) });
const Body = Type.Object(
  {
    for: Type.String({ ...Duration, description: 'At most 8784h' }),
    because: Type.String({ minLength: 3, maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** Routes of the register of violations, and of accepting one for now (gedoogd). Long, since it is a list of routes. */
export function violationRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log } = deps;
  const url = '/violations/:id/acceptance';
  /** Changes the acceptance of one that is open; If-Match names the violation. */
  const change = (
    tx: Tx,
    { params: { id }, who, matches }: Command<typeof Params, TSchema>,
    decide: Acceptance,
  ) =>
    violations.handle(tx, {
      log,
      id,
      actor: who.name,
      only: 'existing',
      ifMatch: ({ state }) => matches(toResource(id, state)),
      decide: (state, _, { now }) => (state ? decide(id, state, now) : []),
    });
  return async (app) => {
    listRoute(app, {
      url: '/violations',
      roles: reads,
      summary: 'What is not as the policy wants it',
      item: Violation,
      order: ['since', 'about', 'clause', 'severity'],
      filters: ['kind', 'clause', 'about', 'severity'],
      all: async (_, { who }) => {
        const found = await database.orm.select().from(violation);
        return found
          .filter(({ subject, cause }) => maySee(who, subject, cause))
          .map((row) => toResource(row.id, row));
      },
    });
    listRoute(app, {
      url: '/violations/counts',
      roles: reads,
      summary: 'How many violations are open, those about people included',
      item: ViolationCount,
      order: ['clause', 'kind', 'severity', 'open'],
      filters: ['kind', 'clause', 'severity'],
      all: async () => countsOf(await database.orm.select().from(violation)),
    });
    itemRoute(app, {
      url: '/violations/:id',
      roles: reads,
      summary: 'One violation that is open',
      item: Violation,
      params: Params,
      // For who may not read it, it is not there.
      find: async ({ id }, { who }) => {
        const [row] = await database.orm.select().from(violation).where(eq(violation.id, id));
        return row && maySee(who, row.subject, row.cause) ? toResource(id, row) : undefined;
      },
      missing: ({ id }) => `There is no open violation ${id}`,
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url,
      roles: accepts,
      summary: 'Accept a violation for now: who, why, until when',
      params: Params,
      body: Body,
      answer: Violation,
      statuses: { 'too-long': 400 },
      async run(tx, command) {
        const { for: length, because } = command.body;
        const done = await change(tx, command, accept(milliseconds(length), because));
        if (isRefusal(done)) return done;
        if (!done.state) throw new Error(`violation ${command.params.id} was accepted and is not there`);
        return toResource(command.params.id, done.state);
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url,
      roles: accepts,
      summary: 'Accept a violation no more',
      params: Params,
      async run(tx, command) {
        const done = await change(tx, command, withdraw);
        return isRefusal(done) ? done : undefined;
      },
    });
  };
}

function toResource(id: string, { found, since, accepted }: ViolationState): Violation {
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
