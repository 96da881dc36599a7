import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { TaskHandler } from '@huismeester/events';
import type { Going, Service } from '@huismeester/service';
import { limitTasks } from '../acting/task-limit.ts';
import { openMaker } from '../adapters/maker.ts';
import { offeredTemplates } from '../core/templates.ts';
import { meterCalls } from '../metrics.ts';
import type { Hypervisors } from '../polling/hypervisors.ts';
import type { Maker } from '../ports.ts';
import { creationRoutes } from '../routes/creations.ts';
import { templateRoutes } from '../routes/templates.ts';
import type { CreatingContext, Site } from './context.ts';
import { createTask } from './creations.ts';
import { atOnce, createDriver } from './driver.ts';
import { measureRoom } from './measuring.ts';
import { portsOf } from './others.ts';
import type { CreatingPorts } from './ports.ts';
import { readCreations } from './store.ts';

type Needs = Service<'site' | 'hypervisors' | 'sizes' | 'quota' | 'reserve'>;

/** Making VMs: the task that does it, and the routes at which it is asked for. */
interface Creating {
  readonly handler: TaskHandler;
  /** How many of its tasks run at once. */
  readonly atOnce: number;
  readonly routes: FastifyPluginAsyncTypebox;
  /** By the hypervisor's id. */
  readonly makers: ReadonlyMap<string, Maker>;
  /** Goes on with what was being made; as a start, once the tasks are made. */
  readonly going: Going;
}

/** Makes what makes VMs; `ports` are for tests. */
export function createCreating(
  service: Needs,
  hypervisors: Hypervisors,
  ports: CreatingPorts = portsOf(service),
): Creating {
  const { settings, database, clock } = service;
  const sites = openSites(service, hypervisors);
  const { log, logger, tasks } = service;
  const context: CreatingContext = {
    database,
    log,
    clock,
    logger,
    tasks,
    sites,
    reserve: settings.reserve,
    ports,
  };
  const measuring = [...sites.values()].map((site) => measureRoom(site, service));
  const offered = offeredTemplates(settings.hypervisors);
  const { tables } = service;
  return {
    handler: limitTasks(createDriver(context), {
      most: atOnce,
      hypervisorOf: () => 'creations',
      now: () => clock.now(),
    }),
    atOnce,
    makers: new Map([...sites].map(([id, { maker }]) => [id, maker])),
    routes: async (app) => {
      await app.register(creationRoutes({ ...context, tables, offered, sizes: settings.sizes }));
      await app.register(templateRoutes(offered));
    },
    going: {
      start: () => {
        for (const each of measuring) each.start();
      },
      close: async () => {
        await Promise.all(measuring.map((each) => each.close()));
        await Promise.all([...sites.values()].map(({ maker }) => maker.close()));
      },
    },
  };
}

/** The hypervisors on which VMs can be made, by their ids. */
function openSites({ settings, metrics }: Needs, hypervisors: Hypervisors): ReadonlyMap<string, Site> {
  const calls = meterCalls(metrics);
  return new Map(
    settings.hypervisors.flatMap((each): [string, Site][] => {
      const maker = openMaker(each, (...call) => calls(each.id, ...call));
      const hypervisor = hypervisors.get(each.id)?.poller.hypervisor;
      if (maker === undefined || hypervisor === undefined) return [];
      return [
        [each.id, { settings: each, maker, hypervisor, others: new Map(), room: { latest: undefined } }],
      ];
    }),
  );
}

/** Enqueues the task of each creation that is not over: a database restored from before has the creation, and perhaps no task. */
export async function resumeCreations({ database, tasks }: Pick<Needs, 'database' | 'tasks'>): Promise<void> {
  const open = (await readCreations(database.orm)).filter(
    (each) => each.open && each.state.step !== 'failed',
  );
  await database.transaction(async (tx) => {
    for (const { id } of open) await tasks().enqueue(tx, createTask(id));
  });
}
