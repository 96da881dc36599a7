import type { Vm } from '@huismeester/contracts';
import { migrateSchema } from '@huismeester/database';
import { createConsumer, createTasks, openEventLog, type Tasks } from '@huismeester/events';
import { type CreateService, logPart, type ServiceContext } from '@huismeester/service';
import { type Actor, createActor } from './act.ts';
import { failureOf } from './adapters/proxmox.ts';
import { readGuests } from './adapters/store.ts';
import { sendMagicPacket } from './adapters/wake.ts';
import { consumes } from './consumes.ts';
import { toResource } from './core/resource.ts';
import { unlistForgotten } from './forget.ts';
import { vmRoutes } from './http.ts';
import { createLanes, laneOfGuest, laneOfNode } from './lanes.ts';
import { createCounter, meterVms } from './metrics.ts';
import { createNodeActor } from './node-act.ts';
import { tables } from './schema.ts';
import type { Settings } from './settings.ts';
import { createDisplay } from './shows.ts';
import { snapshotOf } from './snapshot.ts';
import { closeWatches, openWatches, startWatches, type Watches, watchParts } from './watches.ts';

const migrations = new URL('../migrations', import.meta.url);
/** How many guests and nodes of a hypervisor are looked at, and asked, at once. */
const tasksPerHypervisor = 16;
/** Nothing is put off for longer: the pause after many failures (core/wanted.ts), and a little. */
const longestWaitMs = 65_000;

/** Knows the VMs in listed pools, and brings each to the power state that policy wants of it. */
export const createVmLifecycle: CreateService = async (context) => {
  const { database, clock, logger } = context;
  const { site, hypervisors }: Settings = context.settings;
  await migrateSchema(database, { schema: 'vm_lifecycle', folder: migrations });
  const log = await openEventLog({
    database,
    tables,
    service: 'vm-lifecycle',
    siteId: site.id,
    logger,
    clock,
  });

  const watches: Watches = new Map();
  const requests = createCounter(context.metrics, {
    ...{ name: 'huismeester_power_requests_total', help: 'Requests to Proxmox by outcome' },
    labels: ['act', 'outcome'],
  });
  const actor = createActor({
    database,
    log,
    tasks: () => tasks,
    watches,
    failureOf,
    clock,
    logger,
    counted: (act, outcome) => requests({ act, outcome }),
  });
  const node = createNodeActor({
    database,
    log,
    hypervisors: watches,
    failureOf,
    sendMagicPacket,
    clock,
    logger,
    counted: (act, outcome) => requests({ act: `node-${act}`, outcome }),
  });
  const inLane = createLanes({ room: tasksPerHypervisor, now: () => clock.now() });
  const tasks: Tasks = createTasks({
    database,
    tables,
    handlers: {
      reconcile: inLane(actor.reconcile, laneOfGuest(hypervisors)),
      node: inLane(node, laneOfNode(hypervisors)),
    },
    concurrency: tasksPerHypervisor * Math.max(1, hypervisors.length),
    longestWaitMs,
    logger,
    clock,
  });
  const consumer = createConsumer({
    database,
    tables,
    source: context.sources('policy'),
    ...consumes(tasks),
    logger,
    clock,
  });
  const shown = createShown(context, watches, actor);
  openWatches(context, hypervisors, { log, tasks, watches, polled: shown.refresh });

  return {
    name: 'vm-lifecycle',
    log,
    tables,
    snapshot: () => snapshotOf(database, log),
    consumers: [consumer],
    tasks,
    routes: vmRoutes(shown.read, database),
    parts: () => [...watchParts(watches), logPart('vm-lifecycle', consumer.status(), { upToDate: false })],
    start: async () => {
      for (const id of await unlistForgotten(database, log, [...watches.keys()], clock)) shown.forget(id);
      await shown.refresh();
      await actor.resume();
      startWatches(watches);
      tasks.start();
      consumer.start();
    },
    close: async () => {
      await consumer.close();
      await tasks.close();
      await closeWatches(watches);
    },
  };
};

/** All VMs as people see them, kept for MQTT and the metrics, and read anew for each answer. */
function createShown({ database, broker, metrics }: ServiceContext, watches: Watches, actor: Actor) {
  const display = createDisplay(broker);
  let latest: readonly Vm[] = [];
  const read = async (id?: string): Promise<Vm[]> => {
    const records = await readGuests(database.orm, id);
    return records.map((record) => {
      const blind = watches.get(record.guest.hypervisor)?.watch.view(record.guest).blind;
      return toResource(record, { blind, waiting: actor.waiting(record.guest.id) });
    });
  };
  meterVms(metrics, () => latest);
  return {
    read,
    refresh: async (): Promise<void> => {
      latest = await read();
      display.show(latest);
    },
    forget: (id: string) => display.forget(id),
  };
}
