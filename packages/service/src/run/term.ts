import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ServiceName } from '@huismeester/contracts';
import { isServerLocked } from '@huismeester/database';
import { and, inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { CreateService, ProcessContext } from '../service.ts';
import { openTokens, type TokenStore } from '../tokens/store.ts';
import type { Brokers } from './brokers.ts';
import { type Closing, createClosing } from './closing.ts';
import { createServices } from './create-services.ts';
import type { Entrance } from './entrance.ts';
import { guarded } from './guarded.ts';
import { openApp } from './open-app.ts';
import { StandingBy } from './patience.ts';
import { seat } from './seat-schema.ts';
import { lockPrefix, type Seats, takeSeats } from './seats.ts';

/** The time for which this process acts as its services: from when it has their seats until it has not. */
export interface Term {
  readonly tokens: TokenStore;
  /** See {@link Seats.over}. */
  readonly over: Promise<string>;
  close(): Promise<void>;
}

export interface TermOptions {
  readonly process: ProcessContext;
  readonly wanted: readonly { name: ServiceName; create: CreateService }[];
  readonly extraRoutes: FastifyPluginAsyncTypebox | undefined;
  readonly logger: Logger;
  readonly brokers: Brokers;
  readonly entrance: Entrance;
}

/**
 * Takes the seats, creates the services, lets HTTP in and starts them. Throws {@link StandingBy}, and whatever a service
 * throws; what was opened is closed again.
 */
export async function beginTerm(options: TermOptions): Promise<Term> {
  const closing = createClosing(options.logger);
  try {
    return await begin(options, closing);
  } catch (error) {
    await closing.close().catch(() => {
      // Each failure to close was logged; the first error is the one to tell.
    });
    throw error;
  }
}

async function begin(options: TermOptions, closing: Closing): Promise<Term> {
  const { process, wanted, logger, brokers, entrance, extraRoutes } = options;
  const { clock, metrics } = process;
  const known = new Set(metrics.getMetricsAsArray().map(({ name }) => name));
  closing.add('metrics of services', () => {
    for (const { name } of metrics.getMetricsAsArray()) {
      if (!known.has(name)) metrics.removeSingleMetric(name);
    }
  });
  const tokens = await openTokens({ database: process.database, clock, logger });
  const seats = await seatsOf(options);
  if (seats) closing.add('seats', () => seats.close());
  const database = seats ? guarded(process.database, () => seats.held()) : process.database;
  const parts = { ...process, database };
  const running = await createServices(wanted, { process: parts, logger, brokers, closing });
  const app = await openApp({
    ...parts,
    ...(extraRoutes ? { extraRoutes } : {}),
    logger,
    tokens,
    running,
    brokerProblem: brokers.problem,
    brokerParts: () => brokers.parts(),
    isLocal: (request) => entrance.isLocal(request),
  });
  closing.add('HTTP', () => app.close());
  const letGo = await entrance.admit((request, response) => app.routing(request, response));
  closing.add('routes', letGo);
  for (const { publisher, pruner } of running) {
    publisher?.start();
    pruner.start();
  }
  for (const { service } of running) await service.start();
  return { tokens, over: seats?.over ?? new Promise(() => {}), close: () => closing.close() };
}

/** The seats of all services; undefined on an embedded database, which one process alone can open. */
async function seatsOf({ process, wanted, logger }: TermOptions): Promise<Seats | undefined> {
  const { settings, database, clock } = process;
  if (!('url' in settings.database)) return undefined;
  const services = wanted.map(({ name }) => name);
  const seats = await takeSeats({ url: settings.database.url, services, clock, logger });
  if (seats) return seats;
  // The row of a process that has ended stays.
  const isTaken = isServerLocked(sql`${lockPrefix} || ${seat.service}`);
  const [found] = await database.orm
    .select()
    .from(seat)
    .where(and(inArray(seat.service, services), isTaken))
    .limit(1);
  throw new StandingBy(found ? `${found.process} (${found.service})` : 'another process');
}
