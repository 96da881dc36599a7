import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AdviceAnswer, AdviceFields, AdviceId, AdviceResource } from '@huismeester/contracts';
import { type Command, commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { type TSchema, Type } from 'typebox';
import type { RouteDeps } from '../../deps.ts';
import { advice as table } from '../../schema.ts';
import { readsReports } from '../may.ts';
import { answer, change, give, withdraw } from './advice.ts';
import { changeAdvice, withdrawAdvice, writeAdvice } from './commands.ts';
import { adviceResource } from './resource.ts';

/** The team advises; the board answers, or a full member writes down what it said. */
const advise = ['infrateam', 'administrator'] as const;
const answers = ['infrateam', 'board', 'administrator'] as const;
const Params = Type.Object({ id: AdviceId });
const Body = Type.Object(AdviceFields, { additionalProperties: false });
const one = { params: Params, answer: AdviceResource } as const;

/** Routes of the team’s advice to the board (TEAM-3). */
export function adviceRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(readRoutes(deps));
    await app.register(writeRoutes(deps));
  };
}

function readRoutes({ database }: RouteDeps): FastifyPluginAsyncTypebox {
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
  };
}

function writeRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log } = deps;
  const asked = ({ params: { id }, who }: Command<typeof Params, TSchema>) => ({ log, id, actor: who.name });
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/advice',
      roles: advise,
      summary: 'Write down advice to the board; it stands in the reports from now on',
      body: Body,
      answer: AdviceResource,
      creates: { at: ({ id }) => `/advice/${id}` },
      run: (tx, { body, who }) => writeAdvice(tx, { log, id: randomUUID(), actor: who.name }, body),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/advice/:id',
      roles: advise,
      summary: 'Change advice that was not given yet',
      ...one,
      body: Body,
      run: (tx, command) =>
        changeAdvice(tx, asked(command), command.matches, (id, state) => change(id, command.body, state)),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/advice/:id/giving',
      roles: advise,
      summary: 'Give advice to the board',
      ...one,
      run: (tx, command) => changeAdvice(tx, asked(command), command.matches, give),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/advice/:id/answer',
      roles: answers,
      summary: 'Write down what the board answered',
      ...one,
      body: Type.Object({ answer: AdviceAnswer }, { additionalProperties: false }),
      run: (tx, command) =>
        changeAdvice(tx, asked(command), command.matches, (id, state) =>
          answer(id, command.body.answer, state),
        ),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/advice/:id',
      roles: advise,
      summary: 'Take advice back that the board has not answered',
      params: Params,
      run: (tx, command) => withdrawAdvice(tx, asked(command), command.matches, withdraw),
    });
  };
}
