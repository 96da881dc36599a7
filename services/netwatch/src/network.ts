import { createLoop } from '@huismeester/clock';
import type { ProbeSettings, SwitchSettings } from '@huismeester/contracts';
import { createProbe } from '@huismeester/probes';
import type { Going, Service } from '@huismeester/service';
import { createSnmpClient } from '@huismeester/snmp';
import { createAbout, type IsOwnAddress, isHere } from './about.ts';
import { createStore, type Store, type Stored } from './adapters/store.ts';
import type { Graph } from './core/graph.ts';
import { feedsOf, networkGraph, type StackedPort } from './core/graph-of.ts';
import { vantageId } from './core/judge.ts';
import type { Timing } from './core/timing.ts';
import type { About } from './core/world.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createOutsideReader, type OutsideReader } from './outside-reader.ts';
import type { Reports } from './ports.ts';
import { WatchedProbe } from './probing/watched-probe.ts';
import { createShow, type Show } from './show.ts';
import { credentialsOf } from './switches/credentials.ts';
import { stackOf } from './switches/stack.ts';
import { WatchedSwitch } from './switches/watched-switch.ts';
import { createTraps, type Traps } from './traps.ts';
import { createVantage, type VantageKeeper } from './vantage.ts';
import { createViews, type Views } from './views.ts';
import { type Watchers, watchersOf } from './watchers.ts';

export type Netwatch = Service<
  'site' | 'ups' | 'hypervisors' | 'switches' | 'traps' | 'probes',
  { timing: Timing; isOwnAddress: IsOwnAddress }
>;

/** Everything that netwatch has in memory, put together. */
export interface Network {
  readonly watchers: Watchers;
  readonly ledger: Ledger;
  readonly views: Views;
  readonly about: (thing: string) => About;
  readonly outside: OutsideReader;
  readonly traps: Traps;
  readonly store: Store;
  readonly show: Show;
  readonly loops: readonly Going[];
}

/** How often it is written down that this service looks, ms: after a crash no more than this is lost of what was known. */
const beatMs = 10_000;

export async function openNetwork(service: Netwatch): Promise<Network> {
  const { database, log, clock, settings, logger, broker } = service;
  const store = createStore(database, log);
  const stored = await store.load(clock.now());
  const late: Late = {};
  const reports: Reports = {
    post: (signals, memories) => late.ledger?.post(signals, memories),
    looked: () => late.ledger?.looked(),
  };
  const vantage = createVantage(reports, {
    clock,
    hasGateway: settings.probes.some(({ role }) => role === 'gateway'),
    lost: stored.world.vantage !== undefined,
  });
  const watchers = await watch(service, { store, stored, reports, vantage, late });
  const about = createAbout(watchers, service.overrides.isOwnAddress);
  const outside = createOutsideReader({
    store,
    feeds: feedsOf(settings.hypervisors),
    clock,
    changed: (signals, isMoved) => {
      if (isMoved) late.graph = undefined;
      reports.post(signals);
    },
    failed: (err) => logger.error({ err }, 'what other logs say could not be read; trying again'),
  });
  await outside.open();
  const views = createViews(
    watchers,
    () => late.ledger?.world() ?? { ...stored.world, outside: new Map() },
    about,
  );
  const show = createShow({ broker, clock, views, watchers, about, world: () => ledger.world() });
  late.show = show;
  const graph = () => {
    late.graph ??= graphNow(settings, outside, watchers);
    return late.graph;
  };
  const ledger = createLedger({
    world: { ...stored.world, outside: outside.latest().things },
    store,
    clock,
    around: () => ({
      graph: graph(),
      about,
      isClear: (thing, ms) =>
        thing === vantageId ? vantage.isClear(ms) : (watchers.of(thing)?.isClear(thing, ms) ?? true),
      outages: outside.latest().outages,
    }),
    stepped: (step) => {
      for (const thing of step.lookAt)
        (thing === vantageId ? watchers.ofRole('gateway') : watchers.of(thing))?.now();
      if (step.fresh.size > 0) for (const each of watchers.all) each.fromZero(step.fresh);
      show.step(step);
    },
    failed: (err) => logger.error({ err }, 'verdicts could not be stored; trying again'),
  });
  late.ledger = ledger;
  ledger.post(leftSettings(stored.world, settings));
  const traps = createTraps(settings.traps, watchers.switches, logger);
  const beat = createLoop({
    everyMs: beatMs,
    clock,
    onError: (err) => logger.error({ err }, 'it could not be stored that netwatch is looking; trying again'),
    pass: async () => {
      await store.beat(clock.now());
      show.tick();
      return undefined;
    },
  });
  const loops = [outside.loop, ledger, beat, ...watchers.all, traps];
  return { watchers, ledger, views, about, outside, traps, store, show, loops };
}

/** What is made after those that use it. */
interface Late {
  ledger?: Ledger;
  show?: Show;
  /** Made anew when an edge changes. */
  graph?: Graph | undefined;
}

function graphNow(settings: Netwatch['settings'], outside: OutsideReader, { switches }: Watchers): Graph {
  const ports = switches.map((each): [string, readonly StackedPort[]] => [each.settings.id, stackOf(each)]);
  return networkGraph(settings, outside.latest(), new Map(ports));
}

interface Around {
  readonly store: Store;
  readonly stored: Stored;
  readonly reports: Reports;
  readonly vantage: VantageKeeper;
  readonly late: Late;
}

async function watch(service: Netwatch, around: Around): Promise<Watchers> {
  const { settings } = service;
  const probes = settings.probes.map((each) => watchProbe(service, around, each));
  const switches = await Promise.all(settings.switches.map((each) => watchSwitch(service, around, each)));
  return watchersOf(probes, switches);
}

function watchProbe(
  { clock, logger, overrides: { isOwnAddress } }: Netwatch,
  { stored, reports, vantage, late }: Around,
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
  { clock, logger, overrides: { timing, isOwnAddress } }: Netwatch,
  { store, stored, reports, vantage, late }: Around,
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

/** Probes and switches that settings no longer name: nobody looks at them any more, so no incident may wait for them. */
function leftSettings({ things }: Stored['world'], { probes, switches }: Netwatch['settings']) {
  const known = new Set([
    ...probes.map(({ id }) => `probe/${id}`),
    ...switches.map(({ id }) => `switch/${id}`),
  ]);
  return [...things.keys()].flatMap((thing) => {
    const [kind, id] = thing.split('/');
    const owner = kind === 'port' ? `switch/${id}` : thing;
    return known.has(owner) ? [] : [{ kind: 'gone', thing } as const];
  });
}
