import { milliseconds, type Snapshot } from '@huismeester/contracts';
import { migrateSchema } from '@huismeester/database';
import { type EventLog, openEventLog } from '@huismeester/events';
import type { Part, RunningService, ServiceContext } from '@huismeester/service';
import { subjectOf } from './adapters/save.ts';
import { createStore, keepOnly, loadAll } from './adapters/store.ts';
import { createTelemetry, type Telemetry } from './adapters/telemetry.ts';
import { connectUpsds, type Upsds } from './adapters/upsd.ts';
import { type Timing, usualTiming } from './core/timing.ts';
import { addMetrics } from './metrics.ts';
import { Poller } from './poller.ts';
import { upsRoutes } from './routes/ups.ts';
import { tables } from './schema.ts';
import type { Settings } from './settings.ts';

const migrations = new URL('../migrations', import.meta.url);

/**
 * Makes ups-monitor: it looks at each UPS of the settings through its upsd, and says what happens to it. `timing` is for
 * tests, which cannot wait a minute.
 */
export async function createUpsMonitor(
  context: ServiceContext,
  timing: Timing = usualTiming,
): Promise<RunningService> {
  const { database, clock } = context;
  const { site, ups }: Settings = context.settings;
  await migrateSchema(database, { schema: 'ups_monitor', folder: migrations });
  const log = await openEventLog({ database, tables, service: 'ups-monitor', siteId: site.id, clock });
  const gone = await keepOnly(
    database,
    ups.map(({ id }) => id),
  );
  const telemetry = createTelemetry(context.broker);
  const upsds = connectUpsds();
  const pollers = await createPollers(context, { log, telemetry, upsds, timing });
  for (const [id, poller] of pollers) addMetrics(context.metrics, id, () => poller.resource());
  return {
    name: 'ups-monitor',
    log,
    tables,
    snapshot: () => snapshotOf(context, log, pollers),
    routes: upsRoutes(() => [...pollers.values()].map((poller) => poller.resource())),
    parts: () => [...pollers].map(([id, poller]) => partOf(id, poller)),
    start: async () => {
      for (const id of gone) telemetry.forget(id);
      for (const poller of pollers.values()) poller.start();
    },
    close: async () => {
      const ended = [...pollers.values()].map((poller) => poller.close());
      // A question that is out would hold the end up; without its connection it fails at once.
      await upsds.close();
      await Promise.all(ended);
    },
  };
}

type Pollers = ReadonlyMap<string, Poller>;

async function createPollers(
  { settings, database, clock, logger }: ServiceContext,
  { log, telemetry, upsds, timing }: { log: EventLog; telemetry: Telemetry; upsds: Upsds; timing: Timing },
): Promise<Pollers> {
  const store = createStore(database, log);
  const pollers = new Map<string, Poller>();
  for (const ups of settings.ups) {
    const every = {
      status: milliseconds(ups.poll.status),
      variables: milliseconds(ups.poll.variables),
    };
    const state = await store.load(ups.id);
    const reader = upsds.reader(ups);
    const { show: changed } = telemetry;
    pollers.set(ups.id, new Poller({ state, reader, store, clock, logger, every, timing, changed }));
  }
  return pollers;
}

/** All UPSes of the settings as the log has them up to one position, with the newest numbers beside that. */
async function snapshotOf({ database }: ServiceContext, log: EventLog, pollers: Pollers): Promise<Snapshot> {
  return await database.transaction(
    async (tx) => {
      const position = await log.headIn(tx);
      const stored = await loadAll(tx);
      const entities = stored.flatMap(({ state, version, reported }) => {
        const poller = pollers.get(state.id);
        const entity = poller && { ...poller.resource(state), reported };
        return entity ? [{ subject: subjectOf(state.id), version, state: entity }] : [];
      });
      return { epoch: log.epoch, position, entities };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

/** A UPS that cannot be read is a fact for the log; the service is ready once it knows that. */
function partOf(id: string, poller: Poller): Part {
  return { name: `ups-monitor: ${id}`, ready: poller.looked, detail: poller.resource().contact };
}
