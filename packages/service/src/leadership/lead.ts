import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ServiceName } from '@huismeester/contracts';
import { isServerLocked } from '@huismeester/database';
import { and, inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { openAccess } from '../access/access.ts';
import type { TokenStore } from '../access/tokens.ts';
import type { Listeners } from '../listeners/listeners.ts';
import type { Brokers } from '../process/brokers.ts';
import { type Closing, createClosing } from '../process/closing.ts';
import { createServices } from '../process/create-services.ts';
import { openApp } from '../process/open-app.ts';
import type { CreateService, ProcessContext } from '../service.ts';
import type { WebPage } from '../web/web-page.ts';
import { guarded } from './guarded.ts';
import { type Leadership, lockPrefix, takeLeadership } from './leadership.ts';
import { type Retry, StandingBy } from './retry.ts';
import { leader } from './schema.ts';

export interface LeadOptions {
  readonly process: ProcessContext;
  readonly wanted: readonly { name: ServiceName; create: CreateService }[];
  readonly extraRoutes: FastifyPluginAsyncTypebox | undefined;
  readonly page: WebPage | undefined;
  readonly logger: Logger;
  readonly brokers: Brokers;
  readonly listeners: Listeners;
  readonly retry: Retry;
  readonly closing: Closing;
  /** Called with why it cannot lead again, when waiting does not help. */
  readonly failed: (error: unknown) => void;
}

/** What is open from when this process leads until it does not. */
interface Acting {
  readonly tokens: TokenStore;
  /** See {@link Leadership.lost}. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

/** Leads the services, and leads again whenever leadership was lost; resolves once it leads for the first time. */
export async function lead(options: LeadOptions): Promise<TokenStore> {
  const { retry, logger, closing, failed } = options;
  const first = await retry.untilDone(() => act(options));
  let current = first;
  let ended = false;
  closing.add('services', async () => {
    ended = true;
    retry.close();
    await current.close();
  });
  const goOn = async (): Promise<void> => {
    while (!ended) {
      const reason = await current.lost;
      if (ended) return;
      logger.warn({ reason }, 'leadership lost; trying to lead again');
      await current.close().catch(() => {
        // Each failure was logged; what is left of it may not write any more.
      });
      current = await retry.untilDone(() => act(options));
      logger.info({}, 'leading again');
    }
    await current.close();
  };
  void goOn().catch(failed);
  return first.tokens;
}

/** Throws a {@link StandingBy}, and whatever a service throws; what was opened is closed again. */
async function act(options: LeadOptions): Promise<Acting> {
  const closing = createClosing(options.logger);
  try {
    return await begin(options, closing);
  } catch (error) {
    await closing.close().catch(() => {
      // Each failure to close was logged; the first error is the one to report.
    });
    throw error;
  }
}

/** Takes leadership, creates the services, has HTTP answered by them and starts them. */
async function begin(options: LeadOptions, closing: Closing): Promise<Acting> {
  const { process, wanted, logger, brokers, listeners, extraRoutes, page } = options;
  const { clock, metrics } = process;
  const known = new Set(metrics.getMetricsAsArray().map(({ name }) => name));
  closing.add('metrics of services', () => {
    for (const { name } of metrics.getMetricsAsArray()) {
      if (!known.has(name)) metrics.removeSingleMetric(name);
    }
  });
  const { key } = process.settings.secrets;
  const access = await openAccess({ database: process.database, clock, logger, key });
  const leadership = await leadershipOf(options);
  if (leadership) closing.add('leadership', () => leadership.close());
  const database = leadership ? guarded(process.database, () => leadership.held()) : process.database;
  const parts = { ...process, database };
  const running = await createServices(wanted, { process: parts, access, logger, brokers, closing });
  const app = await openApp({
    ...parts,
    ...(extraRoutes && { extraRoutes }),
    ...(page && { page }),
    logger,
    access,
    running,
    brokerProblem: brokers.problem,
    moreParts: () => [...brokers.parts(), ...listeners.parts()],
    isLocal: (request) => listeners.isLocal(request),
  });
  let closed: Promise<void> | undefined;
  const closeApp = (): Promise<void> => {
    closed ??= app.close();
    return closed;
  };
  closing.add('HTTP', closeApp);
  const answerNoMore = await listeners.answerWith(
    (request, response) => app.routing(request, response),
    // What is under way is answered all the same; event streams are ended (`preClose`). If it fails, it is said when this part is closed.
    () => void closeApp().catch(() => undefined),
  );
  closing.add('routes', answerNoMore);
  for (const { publisher, pruner } of running) {
    publisher?.start();
    pruner.start();
  }
  for (const { service } of running) await service.start();
  const { tokens } = access;
  return { tokens, lost: leadership?.lost ?? new Promise(() => {}), close: () => closing.close() };
}

/** Leadership of all services; undefined on an embedded database, which one process alone can open. */
async function leadershipOf({ process, wanted, logger }: LeadOptions): Promise<Leadership | undefined> {
  const { settings, database, clock } = process;
  if (!('url' in settings.database)) return undefined;
  const services = wanted.map(({ name }) => name);
  const leadership = await takeLeadership({ url: settings.database.url, services, clock, logger });
  if (leadership) return leadership;
  // The row of a process that has ended stays.
  const isLed = isServerLocked(sql`${lockPrefix} || ${leader.service}`);
  const [found] = await database.orm
    .select()
    .from(leader)
    .where(and(inArray(leader.service, services), isLed))
    .limit(1);
  throw new StandingBy(found ? `${found.process} (${found.service})` : 'another process');
}
