import { milliseconds, type ProbeSettings, type SwitchSettings } from '@huismeester/contracts';
import { createProbe } from '@huismeester/probes';
import { createSnmpClient, credentialsOf } from '@huismeester/snmp';
import { hostOf, isHere } from './about.ts';
import type { Store, Stored } from './adapters/store.ts';
import type { Netwatch } from './context.ts';
import type { Graph } from './core/graph.ts';
import { WatchedHypervisor } from './hypervisors/watched-hypervisor.ts';
import type { Ledger } from './ledger.ts';
import type { Reports } from './ports.ts';
import { WatchedProbe } from './probing/watched-probe.ts';
import type { Show } from './show.ts';
import { WatchedSwitch } from './switches/watched-switch.ts';
import type { VantageKeeper } from './vantage.ts';
import { type Watchers, watchersOf } from './watchers.ts';

/** What is made after those that use it. */
export interface Late {
  ledger?: Ledger;
  show?: Show;
  /** Made anew when an edge changes. */
  graph?: Graph | undefined;
}

/** What those that look are made with, besides their settings. */
export interface WatchParts {
  readonly store: Store;
  readonly stored: Stored;
  readonly reports: Reports;
  readonly vantage: VantageKeeper;
  readonly late: Late;
}

/** Makes what looks at each probe, each switch and each hypervisor of the settings; nothing looks yet. */
export async function watchAll(service: Netwatch, around: WatchParts): Promise<Watchers> {
  const { settings } = service;
  const probes = settings.probes.map((each) => watchProbe(service, around, each));
  const switches = await Promise.all(settings.switches.map((each) => watchSwitch(service, around, each)));
  const hypervisors = settings.hypervisors.map((each) => watchHypervisor(service, around, each));
  return watchersOf({ probes, switches, hypervisors });
}

function watchHypervisor(
  { clock, logger, overrides: { isOwnAddress }, consumers }: Netwatch,
  { stored, reports, vantage }: WatchParts,
  { id, url, poll }: Netwatch['settings']['hypervisors'][number],
): WatchedHypervisor {
  return new WatchedHypervisor({
    hypervisor: id,
    here: isOwnAddress(hostOf(url) ?? ''),
    pollMs: milliseconds(poll),
    wasDown: stored.world.things.get(`hypervisor/${id}`)?.state === 'down',
    clock,
    reports,
    around: vantage,
    isRead: () => {
      const reader = consumers().find((each) => each.status().source === 'vm-lifecycle');
      return reader?.status().lastError === undefined;
    },
    failed: (err) => logger.error({ err, hypervisor: id }, 'what is known of it could not be reported'),
  });
}

function watchProbe(
  { clock, logger, overrides: { isOwnAddress } }: Netwatch,
  { stored, reports, vantage, late }: WatchParts,
  settings: ProbeSettings,
): WatchedProbe {
  const watched: WatchedProbe = new WatchedProbe({
    settings,
    probe: createProbe(settings, { clock, isOwnAddress }),
    memory: stored.memories.get(`probe/${settings.id}`) ?? {},
    clock,
    reports,
    around: vantage,
    here: isHere(settings, isOwnAddress),
    seen: () => late.show?.probe(watched),
    failed: (err) => logger.error({ err, probe: settings.id }, 'a look at a service failed; looking again'),
  });
  return watched;
}

async function watchSwitch(
  { clock, logger, settings: all, overrides: { timing, isOwnAddress } }: Netwatch,
  { store, stored, reports, vantage, late }: WatchParts,
  settings: SwitchSettings,
): Promise<WatchedSwitch> {
  const { id, host, port, snmp } = settings;
  const watched: WatchedSwitch = new WatchedSwitch({
    settings,
    client: createSnmpClient({ host, port, credentials: credentialsOf(snmp), clock }),
    timing,
    here: isOwnAddress(host),
    memories: stored.memories,
    said: (thing) => stored.world.things.get(thing)?.said,
    identities: await store.identities(id),
    addIdentities: (added) => store.addIdentities(id, added),
    needed: portsNeeded(all, id),
    neverSeen: (ports) =>
      logger.warn(
        { switch: id, ports },
        'settings depend on ports that this switch never had; they explain nothing',
      ),
    clock,
    reports,
    around: vantage,
    seen: () => late.show?.switch(watched),
    listed: (gone) => {
      late.graph = undefined;
      late.show?.forget(gone);
    },
    failed: (err) => logger.error({ err, switch: id }, 'a look at a switch failed; looking again'),
  });
  return watched;
}

/** The ports of a switch that anything depends on, by subject. */
function portsNeeded({ probes, switches, hypervisors }: Netwatch['settings'], id: string): string[] {
  const needed = [...probes, ...switches, ...hypervisors].flatMap(({ dependsOn }) => dependsOn.flat());
  return [...new Set(needed)].filter((thing) => thing.startsWith(`port/${id}/`));
}
