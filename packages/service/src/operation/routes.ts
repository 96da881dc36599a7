import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  DeadLetter,
  isAboutPeople,
  isFine,
  type Part,
  Problem as ProblemBody,
  Replayed,
  type ServiceName,
  ServiceReport,
} from '@huismeester/contracts';
import type { Consumer, Replayed as Outcome } from '@huismeester/events';
import { Type } from 'typebox';
import type { Identity } from '../http/identity.ts';
import { listRoute } from '../http/list-route.ts';
import { type Asked, notFound, Problem } from '../http/problem.ts';
import type { RunningService, ServiceContext } from '../service.ts';
import type { Flow } from './sight.ts';
import { waitingFor } from './words.ts';

export interface OperationOptions {
  readonly service: RunningService;
  readonly flow: () => Flow;
  /** Those of the service, and of the process as far as the service needs them. */
  readonly parts: () => Promise<Part[]>;
  readonly process: Pick<ServiceContext, 'settings' | 'version' | 'clock'>;
}

const looks = { roles: ['infrateam', 'administrator', 'service'] } as const;
const acts = { roles: ['infrateam', 'administrator'] } as const;

/** `/<service>/status` and `/<service>/dead-letters`: for those who look after Huismeester itself. Long, since it is a list of routes. */
export function operationRoutes(options: OperationOptions): FastifyPluginAsyncTypebox {
  const { service, process } = options;
  const { name, consumers = [] } = service;
  const report = reporter(options);
  return async (app) => {
    const about = { summary: 'How the service stands, how far its events got, and what it waits for' };
    app.get(
      `/${name}/status`,
      { config: looks, schema: { ...about, response: { 200: ServiceReport } } },
      report,
    );
    listRoute(app, {
      ...looks,
      url: `/${name}/dead-letters`,
      summary: 'Events that could not be applied, and those that wait behind them',
      item: DeadLetter,
      order: ['since', 'position', 'subject', 'source'],
      filters: ['source', 'subject', 'type'],
      all: (_, { who }) => lettersOf(name, consumers, who),
    });
    // No commandRoute: a consumer applies in transactions of its own, never beside a batch, and counts an attempt that failed.
    app.post(
      `/${name}/dead-letters/:id/replay`,
      {
        config: acts,
        schema: {
          summary: 'Apply all parked events of that one’s subject, in order; no old act is asked for again',
          params: Type.Object({ id: DeadLetter.properties.id }),
          response: { 200: Replayed, 404: ProblemBody, 409: ProblemBody },
        },
      },
      async (request) => {
        const { params, who, log } = request;
        const found = (await lettersOf(name, consumers, who)).find((letter) => letter.id === params.id);
        const outcome = found && (await replay(consumers, found));
        if (!found || !outcome) throw unknownLetter(request);
        const { subject, source, reader } = found;
        log.info(
          { service: name, source, reader, subject, ...outcome, by: who.name },
          'dead letters replayed',
        );
        if (outcome.error !== undefined) throw stillFails(outcome);
        return { subject, applied: outcome.applied };
      },
    );
  };

  function reporter({ flow, parts }: OperationOptions): () => Promise<ServiceReport> {
    const began = process.clock.monotonicMs();
    const started = process.clock.now().toISOString();
    return async () => {
      const { id, name: siteName } = process.settings.site;
      const [now, all] = [flow(), await parts()];
      return {
        service: name,
        site: { id, name: siteName },
        version: process.version,
        started,
        uptime_s: Math.round((process.clock.monotonicMs() - began) / 1000),
        epoch: service.log.epoch,
        head: service.log.head(),
        ...(service.settingsHash !== undefined && { settingsHash: service.settingsHash }),
        ready: all.every(isFine),
        parts: all,
        ...now,
        waiting: waitingFor(name, now, all),
      };
    };
  }
}

/** Those that somebody may see: of a log about people, subject and error name some of them. */
async function lettersOf(
  service: ServiceName,
  all: readonly Consumer[],
  { roles }: Identity,
): Promise<DeadLetter[]> {
  const seesPeople = roles.includes('service') || roles.includes('administrator');
  const consumers = all.filter((consumer) => seesPeople || !isAboutPeople(consumer.status().source));
  const lists = await Promise.all(consumers.map(({ deadLetters }) => deadLetters.list()));
  return lists.flat().map(({ id, source, reader, position, subject, type, error, attempts, parkedAt }) => ({
    id,
    service,
    source,
    reader,
    position,
    subject,
    type,
    attempts,
    since: parkedAt.toISOString(),
    ...(error !== undefined && { error }),
  }));
}

async function replay(
  consumers: readonly Consumer[],
  { id, reader }: DeadLetter,
): Promise<Outcome | undefined> {
  const consumer = consumers.find((each) => each.status().reader === reader);
  return await consumer?.deadLetters.replay(id);
}

function unknownLetter(request: Asked): Problem {
  const detail = 'It was replayed already, or dropped when its source was read anew';
  return notFound('There is no dead letter of that id', request, detail);
}

function stillFails({ left, error }: Outcome): Problem {
  const detail = `Nothing was applied, ${left} still parked: ${error}`;
  return new Problem(409, 'still-not-applicable', 'The event still cannot be applied', { detail });
}
