import type { ServiceName } from '@huismeester/contracts';
import { migrateSchema, type Tx } from '@huismeester/database';
import { type Consumer, createConsumer, openEventLog, unfit } from '@huismeester/events';
import { type Clock, type CreateService, logPart, type ServiceContext } from '@huismeester/service';
import { fromUpsMonitor } from './consumes/ups-monitor.ts';
import { fromVmLifecycle } from './consumes/vm-lifecycle.ts';
import { createPassLoop } from './desired/pass-loop.ts';
import { createPowerPass } from './desired/pass-runner.ts';
import { silenceParts } from './desired/silence-parts.ts';
import { snapshotOf } from './desired/snapshot.ts';
import { createSources } from './desired/sources.ts';
import { createPublisherOfStates } from './display/publish.ts';
import { spaceView } from './display/space.ts';
import { policyRoutes } from './http.ts';
import { meterPolicy } from './metrics.ts';
import { tables } from './schema.ts';
import { decisionSettings } from './settings.ts';

const migrations = new URL('../migrations', import.meta.url);

/** Makes policy: it folds the facts of ups-monitor and vm-lifecycle, and decides what rules want of VMs and nodes. */
export const createPolicy: CreateService = async (context) => {
  const { database, clock, logger, settings: all } = context;
  await migrateSchema(database, { schema: 'policy', folder: migrations });
  const log = await openEventLog({ database, tables, service: 'policy', siteId: all.site.id, clock });
  const settings = decisionSettings(all);
  const startedAt = createBeginnings(clock);
  const sources = createSources(clock, () => consumers);
  const view = spaceView(settings, () => loop.latest(), startedAt);
  const states = createPublisherOfStates(context.broker);
  const loop = createPassLoop({
    pass: createPowerPass({ database, log, settings, clock, startedAt, readings: sources.readings }),
    clock,
    passed: (found) => {
      states.publish(found, view.space(clock.now().getTime()));
      for (const [rule, error] of found.pass.thrown) logger.error({ err: error, rule }, 'a rule failed');
    },
    idle: () => states.tick(view.space(clock.now().getTime())),
    failed: (error) => logger.error({ err: error }, 'the facts could not be evaluated; trying again'),
  });
  const consumers = consumersOf(context, loop.wakeAfter);
  meterPolicy(context.metrics, view, () => clock.now().getTime());
  return {
    name: 'policy',
    log,
    tables,
    snapshot: () => snapshotOf(database, log),
    routes: policyRoutes({ database, log, clock, settings, loop, view }),
    consumers,
    settingsHash: settings.hash,
    parts: () => [
      ...consumers.map((each) => logPart('policy', each.status(), { upToDate: true })),
      ...silenceParts(loop.latest(), loop.isFailing()),
    ],
    start: async () => {
      for (const each of consumers) each.start();
      sources.watch(() => loop.wake());
      loop.start();
    },
    close: async () => {
      await Promise.all(consumers.map((each) => each.close()));
      await loop.close();
    },
  };
};

/** A jump of the civil clock of more than this is no drift, ms. */
const jumpMs = 5_000;

/** When the process began; and when the civil clock was last set, since times from before that mean nothing after it. */
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

const consumes = { 'ups-monitor': fromUpsMonitor, 'vm-lifecycle': fromVmLifecycle } as const;

function consumersOf(context: ServiceContext, applied: (tx: Tx) => void): Consumer[] {
  const { database, clock, logger, sources } = context;
  const names: (keyof typeof consumes & ServiceName)[] = ['ups-monitor', 'vm-lifecycle'];
  return names.map((name) =>
    createConsumer({
      database,
      tables,
      source: sources(name),
      handlers: consumes[name].handlers,
      snapshot: async (tx, snapshot) => {
        const unreadable = new Set<string>();
        await consumes[name].snapshot(tx, snapshot, (subject) => unreadable.add(subject));
        applied(tx);
        return snapshot.entities.flatMap((each) => (unreadable.has(each.subject) ? [unfit(each)] : []));
      },
      entity: consumes[name].entity,
      afterBatch: async (tx) => applied(tx),
      logger,
      clock,
    }),
  );
}
