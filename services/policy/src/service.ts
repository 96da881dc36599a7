import type { ServiceName, Snapshot } from '@huismeester/contracts';
import { migrateSchema } from '@huismeester/database';
import { type Consumer, createConsumer, openEventLog } from '@huismeester/events';
import {
  type Clock,
  type CreateService,
  logPart,
  type Part,
  type ServiceContext,
} from '@huismeester/service';
import { wordOfEach } from './confirmation.ts';
import { consumes } from './consumes.ts';
import { type BlindSince, createEvaluator, evaluate } from './evaluation.ts';
import { policyRoutes } from './http.ts';
import { meterPolicy } from './metrics.ts';
import { tables } from './schema.ts';
import { decisionSettings } from './settings.ts';
import { createDisplay } from './shows.ts';
import { snapshotOf } from './snapshot.ts';

/** What is waited for after the start, once the logs were read. */
const firstWord: Part = {
  name: 'policy: first word',
  ready: false,
  essential: false,
  detail: 'nothing is decided before each UPS that was on battery was heard of once',
};

const migrations = new URL('../migrations', import.meta.url);

/** Makes policy: it folds the facts of ups-monitor and vm-lifecycle into one desired power state per VM. */
export const createPolicy: CreateService = async (context) => {
  const { database, clock, logger } = context;
  await migrateSchema(database, { schema: 'policy', folder: migrations });
  const log = await openEventLog({
    database,
    tables,
    service: 'policy',
    siteId: context.settings.site.id,
    clock,
  });
  const settings = decisionSettings(context.settings);
  const display = createDisplay(context.broker);
  const beginnings = createBeginnings(clock);
  const startedAt = beginnings();
  const closing = new AbortController();
  const blind = createBlindness(clock, () => consumers[0]?.status().lastError !== undefined);
  const evaluator = createEvaluator({
    evaluate: () => evaluate({ database, log, settings, clock, blindSince: blind, startedAt: beginnings }),
    ready: () => started && consumers.every((each) => each.status().lag === 0),
    clock,
    evaluated: (found) => display.show(found, clock.now().getTime()),
    failed: (error) => logger.error({ err: error }, 'the facts could not be evaluated; trying again'),
  });
  const consumers = consumersOf(context, (tx) => evaluator.wakeAfter(tx));
  let started = false;
  meterPolicy(context.metrics, evaluator.latest, () => clock.now().getTime());
  const snapshot = (): Promise<Snapshot> => snapshotOf(database, log);
  return {
    name: 'policy',
    log,
    tables,
    snapshot,
    routes: policyRoutes({ database, log, clock, evaluator, settings }),
    consumers,
    settingsHash: settings.hash,
    parts: () => {
      const logs = consumers.map((each) => logPart('policy', each.status(), { upToDate: true }));
      const isWaiting = !started && logs.every(({ ready }) => ready);
      return isWaiting ? [...logs, firstWord] : logs;
    },
    start: async () => {
      for (const each of consumers) each.start();
      // Until both sources were read to their heads once, half of a story could pass for the whole.
      void Promise.all(consumers.map((each) => each.caughtUp()))
        .then(() => wordOfEach({ database, clock, startedAt, signal: closing.signal, logger }))
        .then(
          () => {
            started = true;
            evaluator.wake();
          },
          (error: unknown) => logger.info({ err: error }, 'closed before the sources were read'),
        );
    },
    close: async () => {
      closing.abort();
      await Promise.all(consumers.map((each) => each.close()));
      await evaluator.close();
    },
  };
};

/** A jump of the civil clock of more than this is no drift, ms. */
const jumpMs = 5_000;

/** When the process began; and when the civil clock was last set, since times from before that tell nothing after it. */
function createBeginnings(clock: Clock): () => number {
  let began = clock.now().getTime();
  let offset = began - clock.monotonicMs();
  return () => {
    const now = clock.now().getTime();
    const newOffset = now - clock.monotonicMs();
    if (Math.abs(newOffset - offset) > jumpMs) began = now;
    offset = newOffset;
    return began;
  };
}

/** Since when ups-monitor's log cannot be read, ms since 1970; its consumer comes first. */
function createBlindness(clock: Clock, isBlind: () => boolean): BlindSince {
  let since: number | undefined;
  return () => {
    since = isBlind() ? (since ?? clock.now().getTime()) : undefined;
    return since;
  };
}

function consumersOf(
  context: ServiceContext,
  applied: (tx: Parameters<(typeof consumes)['ups-monitor']['snapshot']>[0]) => void,
): Consumer[] {
  const { database, clock, logger, sources } = context;
  const names: (keyof typeof consumes & ServiceName)[] = ['ups-monitor', 'vm-lifecycle'];
  return names.map((name) =>
    createConsumer({
      database,
      tables,
      source: sources(name),
      handlers: consumes[name].handlers,
      snapshot: async (tx, snapshot) => {
        await consumes[name].snapshot(tx, snapshot);
        applied(tx);
      },
      afterBatch: async (tx) => applied(tx),
      logger,
      clock,
    }),
  );
}
