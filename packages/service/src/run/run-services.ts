import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type ServiceName, type SpaceSettings, serviceNames } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import { createLogger } from '../logger.ts';
import type { CreateService } from '../service.ts';
import { openTokens } from '../tokens/store.ts';
import { openBrokers } from './brokers.ts';
import { clockOf } from './clock.ts';
import { type Closing, createClosing } from './closing.ts';
import { createServices, type Running } from './create-services.ts';
import { listen } from './listen.ts';
import { openWhenThere } from './open-database.ts';
import { handleSignals } from './signals.ts';

export type Services = { readonly [name in ServiceName]?: CreateService };

export interface RunOptions {
  readonly version: string;
  /** More routes; registered at the root, and held to roles as all others. */
  readonly extraRoutes?: FastifyPluginAsyncTypebox;
  readonly logger?: Logger;
  /** The system's, or as settings say, if left out. */
  readonly clock?: Clock;
  /** Ends the process on SIGINT, SIGTERM and errors that nobody caught: for a main.ts. */
  readonly handleSignals?: boolean;
  /** How long to wait for a database that is not there yet (60 s). */
  readonly databaseWaitMs?: number;
}

/** A process with its services, as it runs. */
export interface RunningProcess {
  readonly url: string;
  /** The path of the local socket. */
  readonly socket: string;
  /** The secret of the administrator's token that the very first start makes: to be shown once, and never logged. */
  readonly firstToken: string | undefined;
  readonly mqttUrl: string | undefined;
  /** Why there is no embedded broker although the settings name one, for people. */
  readonly mqttProblem: string | undefined;
  readonly database: Database;
  /** Closes everything, last opened first; throws an AggregateError when a part did not close well. */
  close(): Promise<void>;
}

/**
 * Runs one or many services in this process: opens the database and the embedded broker, creates the services, answers
 * HTTP, then starts them. When a step fails, what was opened is closed again and the error is thrown.
 */
export async function runServices(
  settings: SpaceSettings,
  services: Services,
  options: RunOptions,
): Promise<RunningProcess> {
  const logger = options.logger ?? createLogger();
  const closing = createClosing(logger);
  if (options.handleSignals === true) handleSignals(closing, logger);
  try {
    return await open(settings, services, { ...options, logger, closing });
  } catch (error) {
    await closing.close().catch(() => {
      // Each failure to close was logged; the first error is the one to tell.
    });
    throw error;
  }
}

async function open(
  settings: SpaceSettings,
  services: Services,
  options: RunOptions & { logger: Logger; closing: Closing },
): Promise<RunningProcess> {
  const { version, logger, closing, databaseWaitMs: waitMs = 60_000 } = options;
  const clock = options.clock ?? clockOf(settings, logger, closing);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  closing.add('metrics', () => metrics.clear());

  const database = await openWhenThere(settings.database, { logger, clock, waitMs });
  closing.add('database', () => database.close());
  const tokens = await openTokens({ database, clock, logger });
  const brokers = await openBrokers(settings.broker, { logger, clock, version });
  closing.add('embedded broker', () => brokers.close());

  const process = { settings, database, clock, metrics, version };
  const wanted = serviceNames.flatMap((name) => {
    const create = services[name];
    return create ? [{ name, create }] : [];
  });
  const running = await createServices(wanted, { process, logger, brokers, closing });
  const { url, socket } = await listen({
    ...process,
    ...(options.extraRoutes ? { extraRoutes: options.extraRoutes } : {}),
    logger,
    tokens,
    running,
    brokerProblem: brokers.problem,
    closing,
  });
  await startAll(running);
  const firstToken = await tokens.createFirst();
  logger.info({ url, socket, services: wanted.map(({ name }) => name), version }, 'running');
  const mqtt = { mqttUrl: brokers.url, mqttProblem: brokers.problem };
  return { url, socket, firstToken, ...mqtt, database, close: () => closing.close() };
}

async function startAll(running: readonly Running[]): Promise<void> {
  for (const { publisher } of running) publisher?.start();
  for (const { service } of running) await service.start();
}
