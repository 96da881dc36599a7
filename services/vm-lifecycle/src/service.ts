import { defineService, type Entity, type Service } from '@huismeester/service';
import { createActor } from './acting/actor.ts';
import { createRequestLimit } from './acting/request-limit.ts';
import { limitTasks } from './acting/task-limit.ts';
import { readGuests, readHypervisors, readNodes } from './adapters/store.ts';
import { consumes } from './consumes/policy.ts';
import { nodeEntity, vmEntity } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { countRequests, meterVms } from './metrics.ts';
import { unlistForgotten } from './polling/forget.ts';
import { hypervisorOf, hypervisorParts, openHypervisors } from './polling/hypervisors.ts';
import { carryOutPromotions } from './projects/carry-out.ts';
import { openMovers } from './projects/mover.ts';
import { projectEntities } from './projects/snapshot.ts';
import { hypervisorRoutes } from './routes/hypervisors.ts';
import { nodeRoutes } from './routes/nodes.ts';
import { projectRoutes } from './routes/projects.ts';
import { promotionRoutes } from './routes/promotions.ts';
import { vmRoutes } from './routes/vms.ts';
import { tables } from './schema.ts';
import { createViews } from './views.ts';

/** How many guests and nodes of a hypervisor are looked at, and asked, at once. */
const tasksPerHypervisor = 16;
/** Nothing is put off for longer: the pause after many failures (core/retry.ts), and a little. */
const longestWaitMs = 65_000;

/** vm-lifecycle: it knows the VMs in listed pools, and brings each to the power state that policy wants of it. */
export const createVmLifecycle = defineService({
  name: 'vm-lifecycle',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: ['site', 'hypervisors'],
  async open(service: Service<'site' | 'hypervisors'>) {
    const forgotten = await unlistForgotten(service);
    const hypervisors = openHypervisors(service, () => views.refresh());
    const counted = countRequests(service.metrics);
    const actor = createActor({ ...service, hypervisors, requestLimit: createRequestLimit(), counted });
    const views = createViews(service, hypervisors, actor);
    const movers = openMovers(service.settings.hypervisors);
    await actor.resume();
    return { forgotten, hypervisors, actor, views, movers };
  },
  tasks: (service, { actor, hypervisors, movers }) => ({
    handlers: {
      promotion: carryOutPromotions({ ...service, hypervisors, movers }),
      reconcile: limitTasks(actor.reconcile, {
        most: tasksPerHypervisor,
        hypervisorOf: hypervisorOf(service.settings.hypervisors, hypervisors),
        now: () => service.clock.now(),
      }),
    },
    concurrency: tasksPerHypervisor * Math.max(1, service.settings.hypervisors.length),
    longestWaitMs,
  }),
  consumes: ({ tasks }) => [{ from: 'policy', ...consumes(tasks()) }],
  loops: (_, { hypervisors, movers }) => [
    ...hypervisors.values(),
    ...[...movers.values()].map(({ close }) => ({ start: () => undefined, close })),
  ],
  gauges: ({ metrics }, { views }) => meterVms(metrics, views.latest),
  routes:
    (service, { views, movers }) =>
    async (app) => {
      await app.register(vmRoutes(views.vms));
      await app.register(nodeRoutes(views.nodes));
      await app.register(hypervisorRoutes(() => readHypervisors(service.database.orm)));
      await app.register(projectRoutes(service));
      await app.register(promotionRoutes({ ...service, movers }));
    },
  async state(_, { forgotten, views }) {
    for (const id of forgotten) views.forget(id);
    await views.refresh();
  },
  entities: (tx) => entitiesOf(tx),
  parts: (_, { hypervisors }) => hypervisorParts(hypervisors),
});

/**
 * All VMs, nodes and hypervisors as the events have them: a VM's status is what was last reported, also while it cannot be
 * seen, and what was asked of it stands beside that (core/history.ts).
 */
export async function entitiesOf(tx: Parameters<typeof readGuests>[0]): Promise<Entity[]> {
  const guests = await readGuests(tx);
  const nodes = await readNodes(tx);
  const hypervisors = await readHypervisors(tx);
  return [
    ...guests.map((record) => ({ subject: guestTarget(record.guest.id), state: vmEntity(record) })),
    ...nodes.map((record) => ({ subject: nodeTarget(record.node.id), state: nodeEntity(record) })),
    ...hypervisors.map((state) => ({ subject: `hypervisor/${state.id}`, state })),
    ...(await projectEntities(tx)),
  ];
}
