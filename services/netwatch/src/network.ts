import { createLoop } from '@huismeester/clock';
import type { Going } from '@huismeester/service';
import { createAbout, otherHosts } from './about.ts';
import { createStore, type Store, type Stored } from './adapters/store.ts';
import { createBeat } from './beat.ts';
import type { Known, Netwatch } from './context.ts';
import type { Step } from './core/advance.ts';
import type { Graph } from './core/graph.ts';
import { feedsOf, networkGraph, type StackedPort } from './core/graph-of.ts';
import { vantageId } from './core/judge.ts';
import type { About, World } from './core/world.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { monthlyId, sayMonth } from './monthly.ts';
import { createOutsideReader, type OutsideReader } from './outside-reader.ts';
import type { Reports } from './ports.ts';
import { createShow, type Show } from './show.ts';
import { endFlapsOfPorts } from './stable-ports.ts';
import { stackOf } from './switches/stack.ts';
import { createTraps, type Traps } from './traps.ts';
import { createVantage } from './vantage.ts';
import { createViews, type Views } from './views.ts';
import { type Late, type WatchParts, watchAll } from './watch-all.ts';
import type { Watchers } from './watchers.ts';

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

/** How late the log of another service may say that a VM, a node or mains failed, ms: it looks every 2 s, and twice. */
const newsMs = 5_000;

export async function openNetwork(service: Netwatch): Promise<Network> {
  const { database, log, clock, settings, logger, broker } = service;
  const store = createStore(database, log);
  const stored = await store.load(clock.now());
  const late: Late = {};
  const reports: Reports = {
    post: (signals, memories) => late.ledger?.post(signals, memories),
    looked: () => late.ledger?.looked(),
  };
  const hasGateway = settings.probes.some(({ role }) => role === 'gateway');
  const hosts = otherHosts(settings, service.overrides.isOwnAddress);
  const hostsOf = (thing: string) => hosts.get(thing) ?? [];
  const lost = stored.world.vantage !== undefined;
  const lookAt = (thing: string) => watchers.of(thing)?.now();
  const vantage = createVantage(reports, { clock, hasGateway, hostsOf, lookAt, lost });
  const watchers: Watchers = await watchAll(service, { store, stored, reports, vantage, late });
  const about = createAbout(watchers, service.overrides.isOwnAddress);
  const outside = outsideOf(service, { store, reports, late, watchers });
  await outside.open();
  const world: World = { ...stored.world, outside: outside.latest().things };
  const ledger = ledgerOf(service, { world, store, watchers, about, outside, vantage, late });
  late.ledger = ledger;
  const views = createViews(watchers, ledger.world, about);
  const named = await portsWithRole(service, store, stored.memories);
  const hasRole = (thing: string) => named.has(thing);
  const { closed } = stored;
  const show = createShow({ broker, clock, views, watchers, about, world: ledger.world, hasRole, closed });
  late.show = show;
  ledger.post(leftSettings(stored.world, watchers));
  const traps = createTraps({ settings: settings.traps, switches: watchers.switches, clock, logger });
  const month = monthlyOf(service, { ledger, about, store, watchers }, stored.memories.get(monthlyId)?.month);
  const beat = createBeat({
    clock,
    store,
    ledger,
    tick: () => {
      endFlapsOfPorts(watchers.switches, reports, clock.now().getTime());
      show.tick();
    },
    failed: (err) => logger.error({ err }, 'it could not be stored that netwatch is looking'),
  });
  const loops = [outside.loop, ledger, beat, month, ...watchers.all, traps];
  return { watchers, ledger, views, about, outside, traps, store, show, loops };
}

interface LedgerParts extends Pick<WatchParts, 'store' | 'vantage' | 'late'> {
  readonly world: World;
  readonly watchers: Watchers;
  readonly about: (thing: string) => About;
  readonly outside: OutsideReader;
}

/** The writer of verdicts, and what follows from each of its steps: looks, and what is published. */
function ledgerOf(
  { clock, settings, logger }: Netwatch,
  { world, store, watchers, about, outside, vantage, late }: LedgerParts,
): Ledger {
  const watching = (thing: string) => (thing === vantageId ? watchers.ofRole('gateway') : watchers.of(thing));
  return createLedger({
    world,
    store,
    clock,
    around: () => {
      late.graph ??= graphNow(settings, outside, watchers);
      return {
        graph: late.graph,
        about,
        isClear: (thing, ms) =>
          thing === vantageId
            ? vantage.isClear(ms)
            : (watchers.of(thing)?.isClear(thing, ms) ?? clock.monotonicMs() - ms >= newsMs),
        outages: outside.latest().outages,
      };
    },
    stepped: (step) => {
      for (const thing of step.lookAt) watching(thing)?.now();
      const fresh = freshAfter(step, watchers);
      if (fresh.size > 0) for (const each of watchers.all) each.fromZero(fresh);
      late.show?.step(step);
    },
    dropped: ({ signal, error: err }) =>
      logger.error({ err, signal }, 'no verdict can be made with this signal; it is dropped'),
    failed: (err) => logger.error({ err }, 'verdicts could not be made or stored; trying again'),
  });
}

/** What is to be counted from zero; once our own place in the network is regained all of it, also what never had a verdict. */
function freshAfter({ fresh, events }: Step, { all, switches }: Watchers): ReadonlySet<string> {
  if (!events.some(({ type }) => type === 'vantage.regained')) return fresh;
  const ports = switches.flatMap((each) => [...each.ports.values()].map(({ thing }) => thing));
  return new Set([...all.map(({ id }) => id), ...ports]);
}

function outsideOf(
  { clock, settings, logger }: Netwatch,
  {
    store,
    reports,
    late,
    watchers,
  }: Pick<WatchParts, 'store' | 'reports' | 'late'> & Pick<Network, 'watchers'>,
): OutsideReader {
  return createOutsideReader({
    store,
    feeds: feedsOf(settings.hypervisors),
    clock,
    changed: (signals, isMoved) => {
      if (isMoved) late.graph = undefined;
      reports.post(signals);
      for (const signal of signals) {
        if (signal.kind !== 'outside') continue;
        watchers.hypervisors.find(({ id }) => id === signal.thing)?.takeIn(signal.outside);
      }
    },
    failed: (err) => logger.error({ err }, 'what other logs say could not be read; trying again'),
  });
}

/** The ports that were ever seen to which settings give a role, by what they are known by or by the name that settings had for them. */
async function portsWithRole(
  { settings }: Netwatch,
  store: Store,
  memories: Stored['memories'],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    settings.switches.map(async ({ id: owner, ports }) =>
      (await store.identities(owner)).flatMap(({ id, key }) => {
        const thing = `port/${owner}/${id}`;
        const names = [key, memories.get(thing)?.setting ?? key];
        return names.some((name) => ports[name]?.role !== undefined) ? [thing] : [];
      }),
    ),
  );
  return new Set(found.flat());
}

/** How far back spans and incidents are kept, ms: 400 days, as logs are by default. */
const keptMs = 400 * 86_400_000;

/** Which ports are core is known once their switches have listed them; a switch that does not is waited for so long, ms. */
const firstLooksMs = 300_000;
const soonMs = 500;

/** Looks each hour whether a month is over, and removes what is too old. */
function monthlyOf(
  service: Netwatch,
  parts: Known & Pick<Network, 'store' | 'watchers'>,
  begun: string | undefined,
): Going {
  let said = begun;
  const { clock } = service;
  const startedMs = clock.monotonicMs();
  const { all, switches } = parts.watchers;
  const isTooEarly = () =>
    clock.monotonicMs() - startedMs < firstLooksMs &&
    (all.some(({ looked }) => !looked) || switches.some(({ about }) => !about.list));
  return createLoop({
    everyMs: 3_600_000,
    clock,
    onError: (err) =>
      service.logger.error(
        { err },
        'the availability of the month before could not be reckoned; trying again',
      ),
    pass: async () => {
      if (said !== undefined && isTooEarly()) return soonMs;
      said = await sayMonth(service, parts, said);
      await parts.store.prune(new Date(clock.now().getTime() - keptMs));
      return undefined;
    },
  });
}

function graphNow(settings: Netwatch['settings'], outside: OutsideReader, { switches }: Watchers): Graph {
  const ports = switches.map((each): [string, readonly StackedPort[]] => [each.settings.id, stackOf(each)]);
  return networkGraph(settings, outside.latest(), new Map(ports));
}

/** What settings no longer name: nobody looks at it any more, so no incident may wait for it. */
function leftSettings({ things }: Stored['world'], { all }: Watchers) {
  const known = new Set(all.map(({ id }) => id));
  return [...things.keys()].flatMap((thing) => {
    const [kind, id] = thing.split('/');
    const owner = kind === 'port' ? `switch/${id}` : thing;
    return known.has(owner) ? [] : [{ kind: 'gone', thing } as const];
  });
}
