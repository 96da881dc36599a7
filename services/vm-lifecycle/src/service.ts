import { migrateSchema } from '@huismeester/database';
import { createConsumer, createTasks, openEventLog, type Tasks } from '@huismeester/events';
import { type CreateService, logPart } from '@huismeester/service';
import { createActor } from './acting/actor.ts';
import { createRequestLimit } from './acting/request-limit.ts';
import { limitTasks } from './acting/task-limit.ts';
import { failureOf } from './adapters/proxmox.ts';
import { readHypervisors } from './adapters/store.ts';
import { sendMagicPacket } from './adapters/wake.ts';
import { consumes } from './consumes/policy.ts';
import { createCounter } from './metrics.ts';
import { unlistForgotten } from './polling/forget.ts';
import {
  type Hypervisors,
  hypervisorOf,
  hypervisorParts,
  openHypervisors,
  startPolling,
  stopPolling,
} from './polling/hypervisors.ts';
import { hypervisorRoutes } from './routes/hypervisors.ts';
import { nodeRoutes } from './routes/nodes.ts';
import { vmRoutes } from './routes/vms.ts';
import { tables } from './schema.ts';
import type { Settings } from './settings.ts';
import { snapshotOf } from './snapshot.ts';
import { createViews } from './views.ts';

const migrations = new URL('../migrations', import.meta.url);
/** How many guests and nodes of a hypervisor are looked at, and asked, at once. */
const tasksPerHypervisor = 16;
/** Nothing is put off for longer: the pause after many failures (core/retry.ts), and a little. */
const longestWaitMs = 65_000;

/** Knows the VMs in listed pools, and brings each to the power state that policy wants of it. */
export const createVmLifecycle: CreateService = async (context) => {
  const { database, clock, logger, metrics } = context;
  const { site, hypervisors: settings }: Settings = context.settings;
  await migrateSchema(database, { schema: 'vm_lifecycle', folder: migrations });
  const service = 'vm-lifecycle';
  const log = await openEventLog({ database, tables, service, siteId: site.id, logger, clock });

  const hypervisors: Hypervisors = new Map();
  const name = 'huismeester_power_requests_total';
  const labels = ['act', 'outcome'];
  const requests = createCounter(metrics, { name, help: 'Requests to Proxmox by outcome', labels });
  const actor = createActor({
    database,
    log,
    tasks: () => tasks,
    hypervisors,
    requestLimit: createRequestLimit(),
    failureOf,
    sendMagicPacket,
    clock,
    logger,
    counted: (act, outcome) => requests({ act, outcome }),
  });
  const tasks: Tasks = createTasks({
    database,
    tables,
    handlers: {
      reconcile: limitTasks(actor.reconcile, {
        most: tasksPerHypervisor,
        hypervisorOf: hypervisorOf(settings, hypervisors),
        now: () => clock.now(),
      }),
    },
    concurrency: tasksPerHypervisor * Math.max(1, settings.length),
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
  const views = createViews(context, hypervisors, actor);
  openHypervisors(context, settings, { log, tasks, hypervisors, polled: views.refresh });

  return {
    name: service,
    log,
    tables,
    snapshot: () => snapshotOf(database, log),
    consumers: [consumer],
    tasks,
    routes: async (app) => {
      await app.register(vmRoutes(views.vms));
      await app.register(nodeRoutes(views.nodes));
      await app.register(hypervisorRoutes(() => readHypervisors(database.orm)));
    },
    parts: () => [
      ...hypervisorParts(hypervisors),
      logPart('vm-lifecycle', consumer.status(), { upToDate: false }),
    ],
    start: async () => {
      for (const id of await unlistForgotten(database, log, [...hypervisors.keys()], clock)) views.forget(id);
      await views.refresh();
      await actor.resume();
      startPolling(hypervisors);
      tasks.start();
      consumer.start();
    },
    close: async () => {
      await consumer.close();
      await tasks.close();
      await stopPolling(hypervisors);
    },
  };
};
