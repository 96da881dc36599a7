import { defineService, type Entity, type Part } from '@huismeester/service';
import { isOwnAddress } from './about.ts';
import { availabilityNow } from './availability.ts';
import { fromUpsMonitor } from './consumes/ups-monitor.ts';
import { fromVmLifecycle } from './consumes/vm-lifecycle.ts';
import type { Netwatch } from './context.ts';
import { isOpen } from './core/incident.ts';
import { usualTiming } from './core/timing.ts';
import { meterNetwork } from './metrics.ts';
import { type Network, openNetwork } from './network.ts';
import { netwatchRoutes } from './routes/routes.ts';
import { tables } from './schema.ts';
import { incidentResource } from './views.ts';

/** netwatch: it looks at switches and services, and says what failed and because of what. */
export const createNetwatch = defineService({
  name: 'netwatch',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: ['site', 'ups', 'hypervisors', 'switches', 'traps', 'probes'],
  /** Tests cannot wait for minutes, and their machines have no addresses but our own. */
  overrides: { timing: usualTiming, isOwnAddress },
  open: openNetwork,
  consumes: (_, { outside }) => [
    { from: 'ups-monitor', ...outside.waking(fromUpsMonitor) },
    { from: 'vm-lifecycle', ...outside.waking(fromVmLifecycle) },
  ],
  loops: (_, { loops }) => loops,
  gauges: ({ metrics }, network) => meterNetwork(metrics, network),
  routes: (service: Netwatch, network) =>
    netwatchRoutes({
      views: network.views,
      incidents: (id) => incidentsOf(network, id),
      availability: () => availabilityNow(service, network),
      look: (id) => lookAtProbe(network, id),
    }),
  state: (_, { show }) => show.start(),
  entities: async (_, __, network) => entities(network),
  parts: (_, network) => parts(network),
});

async function incidentsOf({ store, ledger, about }: Network, id: string | undefined) {
  const { things } = ledger.world();
  return (await store.incidents(id)).map((incident) => incidentResource(incident, things, about));
}

async function lookAtProbe({ watchers, views }: Network, id: string) {
  const watched = watchers.probes.find(({ settings }) => settings.id === id);
  await watched?.lookNow();
  return watched && views.probe(watched);
}

/** All that is watched, as people see it, and the incidents that are open. */
function entities({ views, ledger, about }: Network): Entity[] {
  const { things, incidents } = ledger.world();
  return [
    ...views.probes().map((state) => ({ subject: `probe/${state.id}`, state })),
    ...views.switches().map((state) => ({ subject: `switch/${state.id}`, state })),
    ...views.ports().map((state) => ({ subject: `port/${state.switch}/${state.id}`, state })),
    ...[...incidents.values()].filter(isOpen).map((incident) => {
      const state = incidentResource(incident, things, about);
      return { subject: `incident/${state.id}`, state };
    }),
  ];
}

/** What fails in the network is a fact for the log; the service is ready once it has looked at all of it. */
function parts({ watchers, views, traps }: Network): Part[] {
  const waiting = watchers.all.filter(({ looked }) => !looked).length;
  const blind = views.probes().filter(({ reason }) => reason === 'not-allowed-here');
  const problem = traps.problem();
  return [
    {
      name: 'netwatch: looks',
      ready: waiting === 0,
      ...(waiting > 0 && { detail: `${waiting} not looked at yet` }),
    },
    ...blind.map(({ id, detail }) => ({
      name: `netwatch: probe ${id}`,
      essential: false,
      ready: false,
      detail: `this machine cannot look: ${detail ?? 'not allowed'}`,
    })),
    ...(problem === undefined
      ? []
      : [{ name: 'netwatch: traps', essential: false, ready: false, detail: problem }]),
  ];
}
