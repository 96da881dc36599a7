import type { Tx } from '@huismeester/database';
import { defineService, type Reads, type Service } from '@huismeester/service';
import { armingRoutes } from './arming/routes.ts';
import { clauseRoutes } from './clauses/routes.ts';
import { answersOf } from './clock/answers.ts';
import { clockParts } from './clock/part.ts';
import { clockRoutes } from './clock/routes.ts';
import { createSanity } from './clock/sanity.ts';
import { fromAccess } from './consumes/access.ts';
import { fromAdmission } from './consumes/admission.ts';
import { fromInventory } from './consumes/inventory.ts';
import { fromLeases } from './consumes/leases.ts';
import { fromMembership } from './consumes/membership.ts';
import { fromNetwatch } from './consumes/netwatch.ts';
import { fromProjects } from './consumes/projects.ts';
import { fromUpsMonitor } from './consumes/ups-monitor.ts';
import { fromVmLifecycle } from './consumes/vm-lifecycle.ts';
import { departureRoutes } from './departures/routes.ts';
import { createBeginning } from './desired/beginning.ts';
import { actor } from './desired/events.ts';
import { createItemStore, type ItemStore } from './desired/item-rows.ts';
import { createLeaseStore, type LeaseChange, type LeaseStore } from './desired/lease-rows.ts';
import { createPassLoop, type PassLoop } from './desired/pass-loop.ts';
import { createPowerPass } from './desired/pass-runner.ts';
import { decisionRoutes } from './desired/routes.ts';
import { createRuleLoops } from './desired/rule-loop.ts';
import { desiredEntities } from './desired/snapshot.ts';
import { createSources } from './desired/sources.ts';
import { createPublisherOfStates } from './display/publish.ts';
import { spaceView } from './display/space.ts';
import { plannedRoutes } from './holds/planned-routes.ts';
import { holdRoutes } from './holds/routes.ts';
import { liveRoutes } from './live/routes.ts';
import { meterPolicy } from './metrics.ts';
import { meterNotices } from './notices/metrics.ts';
import { noticePlan } from './notices/plan.ts';
import { noticeRoutes } from './notices/routes.ts';
import { createSender } from './notices/sender.ts';
import { openPage } from './now/open.ts';
import { nowRoutes } from './now/routes.ts';
import { adviceRoutes } from './report/advice/routes.ts';
import { reportReaders } from './report/collect/readers.ts';
import { forwardingRoutes } from './report/forwarding/routes.ts';
import { openReports } from './report/open.ts';
import { reportRoutes } from './report/routes.ts';
import { leaseRoutes } from './rules/lease/routes.ts';
import { powerRoutes } from './rules/power/routes.ts';
import { tables } from './schema.ts';
import { decisionSettings, type UsedSettings, usedSettings } from './settings.ts';
import { violationRoutes } from './violations/routes.ts';

type Policy = Service<UsedSettings>;

/** The space works without membership, and where it is of an older version. */
const ofPeople = { from: 'membership', optional: true } as const;

/** policy: it folds the facts of the other services, and decides what rules want of VMs and nodes. */
export const createPolicy = defineService({
  name: 'policy',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  open,
  consumes: ({ clock, settings }, { loop, leases, items }) => [
    { from: 'ups-monitor', ...waking(loop, fromUpsMonitor) },
    { from: 'vm-lifecycle', ...waking(loop, fromVmLifecycle) },
    { from: 'vm-lifecycle', reader: fromLeases.reader, ...loading(loop, leases, fromLeases) },
    { from: 'vm-lifecycle', reader: fromProjects.reader, ...waking(loop, fromProjects), upToDate: false },
    { from: 'netwatch', ...waking(loop, fromNetwatch) },
    { from: 'inventory', optional: true, ...keeping(loop, items), upToDate: false },
    ...(settings.directory
      ? [
          { ...ofPeople, fold: fromMembership.fold, ...waking(loop, fromMembership), upToDate: false },
          { ...ofPeople, reader: fromAdmission.reader, ...waking(loop, fromAdmission), upToDate: false },
          { ...ofPeople, reader: fromAccess.reader, ...waking(loop, fromAccess), upToDate: false },
        ]
      : []),
    ...reportReaders(settings.directory !== undefined, { clock, zone: settings.site.timezone }),
  ],
  loops: (_, { loop, sources, sender, reports, page }) => [
    page.streams,
    sender,
    reports.own,
    reports.maker,
    {
      start: () => {
        sources.watch(loop.wake);
        loop.start();
      },
      close: loop.close,
    },
  ],
  gauges: ({ metrics, clock }, { view, sender }) => {
    meterPolicy(metrics, view, () => clock.now().getTime());
    meterNotices(metrics, sender.counts);
  },
  routes: (service, inside) => async (app) => {
    const all = [
      decisionRoutes,
      powerRoutes,
      clauseRoutes,
      armingRoutes,
      holdRoutes,
      plannedRoutes,
      violationRoutes,
      leaseRoutes,
      clockRoutes,
      noticeRoutes,
      departureRoutes,
      reportRoutes,
      forwardingRoutes,
      adviceRoutes,
      nowRoutes,
      liveRoutes,
    ];
    for (const routes of all) await app.register(routes({ ...service, ...inside }));
  },
  answers: (service, { loop }) => answersOf({ ...service, isLooked: () => loop.latest() !== undefined }),
  settingsHash: ({ settings }) => settings.hash,
  entities: desiredEntities,
  parts: (_, { loop, reports }) => [...loop.parts(), ...clockParts(loop.latest()), ...reports.maker.parts()],
});

function open(service: Policy) {
  const { database, log, clock, logger, broker, consumers, ask, settings: all } = service;
  const settings = decisionSettings(all);
  const startedAt = createBeginning(clock);
  const sources = createSources(clock, consumers);
  const { readings } = sources;
  const view = spaceView(settings, () => loop.latest(), startedAt);
  const states = createPublisherOfStates(broker);
  const deps = { database, log, settings, clock, startedAt, readings };
  const leases = createLeaseStore();
  const items = createItemStore();
  const ruleFailed = (rule: string, err: unknown) => logger.error({ err, rule }, 'a rule failed');
  const loop: PassLoop = createPassLoop({
    pass: createPowerPass({ ...deps, leases, sanity: createSanity(deps) }),
    watching: createRuleLoops({ ...deps, items, wrote: () => loop.wake() }, ruleFailed),
    clock,
    passed: (found) => {
      states.publish(found, view.space(clock.now().getTime()));
      sender.wake();
      page.streams.wake();
      for (const [rule, error] of found.pass.thrown) ruleFailed(rule, error);
    },
    idle: () => states.tick(view.space(clock.now().getTime())),
    failed: (error) => logger.error({ err: error }, 'the facts could not be evaluated; trying again'),
  });
  const reports = openReports(
    service,
    () => loop.latest() !== undefined,
    () => {
      sender.wake();
      loop.wake();
    },
  );
  const sender = createSender({
    database,
    log,
    clock,
    ask,
    plan: noticePlan(all),
    hasDirectory: all.directory !== undefined,
    letters: reports.letters,
    changed: (tx, notices) => leases.changedBy(tx, { notices }, loop.wake),
    failed: (error) => logger.error({ err: error }, 'notices could not be sent; trying again'),
  });
  // What a person changed, and what may have been appended; what is appended by the pass itself needs no other pass.
  log.onAppended((_, appended) => {
    page.streams.wake();
    if (appended.length === 0 || appended.some((event) => event.actor !== actor)) loop.wake();
  });
  const page = openPage(service, { loop });
  return { settings, sources, view, loop, leases, items, sender, reports, page };
}

/** A reader of leases: what it reads is loaded anew by the pass that follows. It holds up nothing else, whatever is the matter with it. */
function loading(
  loop: PassLoop,
  leases: LeaseStore,
  { handlers, snapshot, entity }: Pick<Reads, 'handlers' | 'snapshot' | 'entity'>,
): Pick<Reads, 'handlers' | 'snapshot' | 'entity' | 'afterBatch' | 'upToDate'> {
  const changedBy = (tx: Tx, what: LeaseChange) => leases.changedBy(tx, what, loop.wake);
  return {
    handlers,
    snapshot: (tx, found) => {
      changedBy(tx, 'all');
      return snapshot(tx, found);
    },
    ...(entity && {
      entity: (tx, each) => {
        changedBy(tx, 'all');
        return entity(tx, each);
      },
    }),
    afterBatch: async (tx, events) => {
      const subjects = events.flatMap(({ type, subject }) => (type in handlers ? [subject] : []));
      // None at all: one was parked.
      if (events.length === 0) changedBy(tx, 'all');
      else if (subjects.length > 0) changedBy(tx, { subjects });
    },
    upToDate: false,
  };
}

/** The reader of inventory: what it reads of the register of things is loaded anew by the rules that watch it. */
function keeping(loop: PassLoop, items: ItemStore): ReturnType<typeof waking> {
  const { snapshot, entity, afterBatch, ...reads } = waking(loop, fromInventory);
  return {
    ...reads,
    snapshot: (tx, found) => {
      items.changedBy(tx);
      return snapshot(tx, found);
    },
    ...(entity && {
      entity: (tx, each) => {
        items.changedBy(tx);
        return entity(tx, each);
      },
    }),
    afterBatch: async (tx, events) => {
      items.changedBy(tx);
      await afterBatch?.(tx, events);
    },
  };
}

/** A reader of facts; a pass follows on what it reads. */
function waking(
  loop: PassLoop,
  { handlers, snapshot, entity }: Pick<Reads, 'handlers' | 'snapshot' | 'entity'>,
): Pick<Reads, 'handlers' | 'snapshot' | 'entity' | 'afterBatch' | 'upToDate'> {
  return {
    handlers,
    snapshot: (tx, found) => {
      loop.wakeAfter(tx);
      return snapshot(tx, found);
    },
    ...(entity && { entity }),
    // Of what it does not read, such as each port of a switch, nothing follows.
    afterBatch: async (tx, events) => {
      if (events.length === 0 || events.some(({ type }) => type in handlers)) loop.wakeAfter(tx);
    },
    upToDate: true,
  };
}
