import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { EventPage, isAboutPeople, Snapshot } from '@huismeester/contracts';
import { PositionGone, WrongEpoch } from '@huismeester/events';
import { Type } from 'typebox';
import type { RunningService } from '../service.ts';
import { Problem } from './problem.ts';

const Query = Type.Object(
  {
    epoch: Type.Optional(Type.String({ description: 'The epoch that the reader knows' })),
    after: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 0,
      description: 'The position after which to begin',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 50 }),
    subject: Type.Optional(Type.String()),
    type: Type.Optional(Type.String()),
    correlation: Type.Optional(
      Type.String({ format: 'uuid', description: 'Of one story: the id of the event that began it' }),
    ),
  },
  { additionalProperties: false },
);

const OwnQuery = Type.Pick(Query, ['after', 'limit']);

const closed = ['service', 'administrator'] as const;
const usual = ['service', 'infrateam', 'administrator'] as const;

/** `/<service>/events` and `/<service>/snapshot`: the truth, for our own consumers and for those who look into it: of a log about people nobody else. */
export function logRoutes({ name, log, snapshot }: RunningService): FastifyPluginAsyncTypebox {
  const config = { roles: isAboutPeople(name) ? closed : usual };
  return async (app) => {
    app.get(
      `/${name}/events`,
      {
        config,
        schema: { summary: 'The log, in order', querystring: Query, response: { 200: EventPage } },
      },
      ({ query }) => log.read(query).catch(refuse),
    );
    app.get(
      `/${name}/about-me`,
      {
        config: { roles: 'identified', person: 'session' },
        schema: {
          summary: 'What of the log one did oneself, and what is about oneself',
          querystring: OwnQuery,
          response: { 200: EventPage },
        },
      },
      ({ query, who }) => log.read({ ...query, person: who.person ?? '' }),
    );
    app.get(
      `/${name}/snapshot`,
      { config, schema: { summary: 'All entities at one position', response: { 200: Snapshot } } },
      () => snapshot(),
    );
  };
}

function refuse(error: unknown): never {
  if (error instanceof WrongEpoch || error instanceof PositionGone) {
    const title = 'This log is not the one that was read before; fetch the snapshot and go on from there';
    throw new Problem(409, error.code, title, { detail: error.message, cause: error });
  }
  throw error;
}
