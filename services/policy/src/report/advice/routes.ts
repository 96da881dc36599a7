import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AdviceAnswer, AdviceFields, AdviceId, AdviceResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal } from '@huismeester/events';
import { type Command, commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { type TSchema, Type } from 'typebox';
import type { RouteDeps } from '../../deps.ts';
import { advice as table } from '../../schema.ts';
import { readsReports } from '../may.ts';
import { advices, answer, change, give, withdraw, write } from './advice.ts';
import { type AdviceState, adviceResource } from './resource.ts';

/** The team advises; the board answers, or a full member writes down what it said. */
const advise = ['infrateam', 'administrator'] as const;
const answers = ['infrateam', 'board', 'administrator'] as const;
const Params = Type.Object({ id: AdviceId });
const Body = Type.Object(AdviceFields, { additionalProperties: false });
const one = { params: Params, answer: AdviceResource } as const;

/** Routes of the team’s advice to the board (TEAM-3). Long, since it is a list of routes. */
export function adviceRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log } = deps;
  type Decide = (id: string, state: AdviceState) => ReturnType<typeof change | typeof give | typeof withdraw>;
  const changed = async (
    tx: Tx,
    { params: { id }, who, matches }: Command<typeof Params, TSchema>,
    decide: Decide | ((id: string, state: AdviceState) => ReturnType<typeof answer>),
  ): Promise<AdviceState | undefined | Refusal> => {
    const done = await advices.handle(tx, {
      log,
      id,
      actor: who.name,
      only: 'existing',
      ifMatch: ({ state }) => matches(adviceResource(id, state)),
      decide: (state) => (state ? decide(id, state) : []),
    });
    return isRefusal(done) ? done : done.state;
  };
  const shown = (id: string, done: AdviceState | undefined | Refusal): AdviceResource | Refusal => {
    if (isRefusal(done)) return done;
    if (!done) throw new Error(`advice ${id} was changed and is not there`);
    return adviceResource(id, done);
  };
  return async (app) => {
    listRoute(app, {
      url: '/advice',
      roles: readsReports,
      summary: 'What the team advises the board, answered or not',
      item: AdviceResource,
      order: ['-since', 'title', 'state'],
      filters: ['state'],
      all: async () => {
        const found = await database.orm.select().from(table);
        return found.map(({ id, ...state }) => adviceResource(id, state));
      },
    });
    itemRoute(app, {
      url: '/advice/:id',
      roles: readsReports,
      summary: 'One piece of advice',
      item: AdviceResource,
      params: Params,
      find: async ({ id }) => {
        const [row] = await database.orm.select().from(table).where(eq(table.id, id));
        return row && adviceResource(id, row);
      },
      missing: ({ id }) => `There is no advice ${id}`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/advice',
      roles: advise,
      summary: 'Write down advice to the board; it stands in the reports from now on',
      body: Body,
      answer: AdviceResource,
      creates: { at: ({ id }) => `/advice/${id}` },
      async run(tx, { body, who }) {
        const id = randomUUID();
        const done = await advices.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'new',
          decide: () => write(id, body),
        });
        return shown(id, isRefusal(done) ? done : done.state);
      },
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/advice/:id',
      roles: advise,
      summary: 'Change advice that was not given yet',
      ...one,
      body: Body,
      run: async (tx, command) =>
        shown(command.params.id, await changed(tx, command, (id, state) => change(id, command.body, state))),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/advice/:id/giving',
      roles: advise,
      summary: 'Give advice to the board',
      ...one,
      run: async (tx, command) => shown(command.params.id, await changed(tx, command, give)),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/advice/:id/answer',
      roles: answers,
      summary: 'Write down what the board answered',
      ...one,
      body: Type.Object({ answer: AdviceAnswer }, { additionalProperties: false }),
      run: async (tx, command) =>
        shown(
          command.params.id,
          await changed(tx, command, (id, state) => answer(id, command.body.answer, state)),
        ),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/advice/:id',
      roles: advise,
      summary: 'Take advice back that the board has not answered',
      params: Params,
      run: async (tx, command) => {
        const done = await changed(tx, command, withdraw);
        return isRefusal(done) ? done : undefined;
      },
    });
  };
}
