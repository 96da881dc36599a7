import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@huismeester/clock';
import { type ServiceName, type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { type Database, openDatabase } from '@huismeester/database';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { clockOf } from './clock.ts';
import { lead } from './leadership/lead.ts';
import { createRetry } from './leadership/retry.ts';
import { createListeners } from './listeners/listeners.ts';
import { createNotReady } from './listeners/not-ready.ts';
import { createLogger } from './logger.ts';
import { measureProcess } from './metrics.ts';
import { openBrokers } from './process/brokers.ts';
import { type Closing, createClosing } from './process/closing.ts';
import { handleSignals } from './process/signals.ts';
import { endUnstarted } from './process/start-failure.ts';
import type { CreateService } from './service.ts';
import type { WebPage } from './web/web-page.ts';

export type Services = { readonly [name in ServiceName]?: CreateService };

export interface RunOptions {
  readonly version: string;
  /** Everything outside is simulated; not so, if left out. */
  readonly demo?: boolean;
  /** More routes; registered at the root, and held to roles as all others. */
  readonly extraRoutes?: FastifyPluginAsyncTypebox;
  /** A web page beside the API. */
  readonly page?: WebPage;
  readonly logger?: Logger;
  /** The system's, or as settings say, if left out. */
  readonly clock?: Clock;
  /** Ends the process on SIGINT, SIGTERM and errors that nobody caught: for a main.ts. */
  readonly handleSignals?: boolean;
  /** The path of the settings that say where it listens, for messages (`http`). */
  readonly listenSetting?: string;
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
 * HTTP, then starts them. A PostgreSQL that is not there, or on which another process acts as one of these services, is
 * waited for, for ever, while HTTP says so. When a step fails, what was opened is closed again and the error is thrown.
 */
export async function runServices(
  settings: SpaceSettings,
  services: Services,
  options: RunOptions,
): Promise<RunningProcess> {
  const logger = options.logger ?? createLogger();
  const closing = createClosing(logger);
  if (options.handleSignals === true) handleSignals(closing, logger);
  options.page?.built.catch((error: unknown) =>
    logger.error({ err: error }, 'the web page could not be built'),
  );
  try {
    return await open(settings, services, { ...options, logger, closing });
  } catch (error) {
    await closing.close().catch(() => {
      // Each failure to close was logged; the first error is the one to report.
    });
    throw error;
  }
}

async function open(
  settings: SpaceSettings,
  services: Services,
  options: RunOptions & { logger: Logger; closing: Closing },
): Promise<RunningProcess> {
  const {
    version,
    demo = false,
    logger,
    closing,
    extraRoutes,
    page,
    listenSetting: setting = 'http',
  } = options;
  const clock = options.clock ?? clockOf(settings, logger);
  const metrics = new Registry();
  measureProcess(metrics);
  closing.add('metrics', () => metrics.clear());
  const retry = createRetry(logger);
  closing.add('retry', () => retry.close());
  const { untilDone, waiting } = retry;
  const notReady = await createNotReady({ logger, version, metrics, waiting });
  const listeners = createListeners({ ...settings.http, setting }, notReady, { clock, logger });
  closing.add('listeners', () => listeners.close());
  // Of an embedded database that is open elsewhere the lock says more than a port that is taken.
  if ('url' in settings.database) await listeners.open();

  const database = await untilDone(() => openDatabase(settings.database, { logger }));
  closing.add('database', () => database.close());
  const brokers = await openBrokers(settings.broker, { logger, clock, version });
  closing.add('embedded broker', () => brokers.close());

  const process = { settings, database, clock, metrics, version, demo };
  const wanted = serviceNames.flatMap((name) => {
    const create = services[name];
    return create ? [{ name, create }] : [];
  });
  const failed = (error: unknown) => {
    if (options.handleSignals === true) endUnstarted(error, logger);
    throw error;
  };
  const parts = { process, wanted, extraRoutes, page, logger, brokers, listeners };
  const tokens = await lead({ ...parts, retry, closing, failed });
  closing.add('HTTP', () => listeners.close());
  const firstToken = await untilDone(() => tokens.createFirst());
  const url = await listeners.open();
  const { socket } = settings.http;
  logger.info({ url, socket, services: wanted.map(({ name }) => name), version }, 'running');
  const mqtt = { mqttUrl: brokers.url, mqttProblem: brokers.problem };
  return { url, socket, firstToken, ...mqtt, database, close: () => closing.close() };
}
