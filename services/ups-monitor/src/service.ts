import { milliseconds } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { defineService, type Entity, type Part, type Service } from '@huismeester/service';
import { subjectOf } from './adapters/save.ts';
import { createStore, keepOnly, loadAll } from './adapters/store.ts';
import { createTelemetry, type Telemetry } from './adapters/telemetry.ts';
import { connectUpsds, type Upsds } from './adapters/upsd.ts';
import { usualTiming } from './core/timing.ts';
import { History } from './history/history.ts';
import { createHistoryStore } from './history/store.ts';
import { addMetrics } from './metrics.ts';
import { UpsPoller } from './poller.ts';
import { upsRoutes } from './routes/ups.ts';
import { tables } from './schema.ts';

type UpsMonitor = Service<'site' | 'ups', { timing: typeof usualTiming }>;
type Pollers = ReadonlyMap<string, UpsPoller>;

/** ups-monitor: it looks at each UPS of the settings through its upsd, and reports what happens to it. */
export const createUpsMonitor = defineService({
  name: 'ups-monitor',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: ['site', 'ups'],
  /** Tests cannot wait a minute. */
  overrides: { timing: usualTiming },
  async open(service: UpsMonitor) {
    const { database, settings, broker, clock, logger } = service;
    const ids = settings.ups.map(({ id }) => id);
    const gone = await keepOnly(database, ids);
    const telemetry = createTelemetry(broker, clock);
    const upsds = connectUpsds();
    const pollers = new Map<string, UpsPoller>();
    const history = new History({
      clock,
      store: createHistoryStore(database),
      upses: pollers,
      failed: (err) => logger.warn({ err }, 'how the UPSes are could not be recorded; it is tried again'),
    });
    for (const poller of await createPollers(service, { telemetry, history, upsds })) pollers.set(...poller);
    return { gone, telemetry, upsds, pollers, history };
  },
  loops: (_, { pollers, upsds, history }) => [pollAll(pollers, upsds), history],
  gauges: ({ metrics }, { pollers }) => {
    for (const [id, poller] of pollers) addMetrics(metrics, id, () => poller.resource());
  },
  routes: (_, { pollers, history }) =>
    upsRoutes({ upses: () => [...pollers.values()].map((poller) => poller.resource()), history }),
  state: (_, { gone, telemetry }) => {
    for (const id of gone) telemetry.forget(id);
  },
  entities: (tx, _, { pollers }) => entities(tx, pollers),
  parts: (_, { pollers }) => [...pollers].map(([id, poller]) => partOf(id, poller)),
});

async function createPollers(
  { settings, overrides, database, log, clock, logger }: UpsMonitor,
  { telemetry, history, upsds }: { telemetry: Telemetry; history: Pick<History, 'changed'>; upsds: Upsds },
): Promise<Pollers> {
  const store = createStore(database, log);
  const pollers = new Map<string, UpsPoller>();
  for (const ups of settings.ups) {
    const { status, variables } = ups.poll;
    const poller = new UpsPoller({
      state: await store.load(ups.id),
      reader: upsds.reader(ups),
      store,
      clock,
      logger,
      every: { status: milliseconds(status), variables: milliseconds(variables) },
      timing: overrides.timing,
      changed: (changed) => {
        telemetry.publish(changed);
        history.changed(changed.id);
      },
    });
    pollers.set(ups.id, poller);
  }
  return pollers;
}

function pollAll(pollers: Pollers, upsds: Upsds) {
  return {
    start: () => {
      for (const poller of pollers.values()) poller.start();
    },
    close: async () => {
      const ended = [...pollers.values()].map((poller) => poller.close());
      // A question that is out would hold up the end; without its connection it fails at once.
      await upsds.close();
      await Promise.all(ended);
    },
  };
}

/** All UPSes of the settings as the log has them, with the newest numbers beside that. */
async function entities(tx: Tx, pollers: Pollers): Promise<Entity[]> {
  const stored = await loadAll(tx);
  return stored.flatMap(({ state, version, reported }) => {
    const poller = pollers.get(state.id);
    const entity = poller && { ...poller.resource(state), reported };
    return entity ? [{ subject: subjectOf(state.id), version, state: entity }] : [];
  });
}

/** A UPS that cannot be read is a fact for the log; the service is ready once it knows that. */
function partOf(id: string, poller: UpsPoller): Part {
  return { name: `ups-monitor: ${id}`, ready: poller.looked, detail: poller.resource().contact };
}
