import { type AnswersOf, milliseconds } from '@huismeester/contracts';
import { defineService, type Entity, type Service } from '@huismeester/service';
import { createActor } from './acting/actor.ts';
import { createRequestLimit } from './acting/request-limit.ts';
import { limitTasks } from './acting/task-limit.ts';
import { leaseEntities, ownershipEntities } from './adapters/owners.ts';
import { pruneRows } from './adapters/prune.ts';
import { readGuests, readHypervisors, readNodes } from './adapters/store.ts';
import { openPeople } from './asking/people.ts';
import { consumes } from './consumes/policy.ts';
import { nodeEntity, vmEntity } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { createCreating, resumeCreations } from './creating/creating.ts';
import { leaseHandler } from './leasing/task.ts';
import { countRequests, meterVms } from './metrics.ts';
import { unlistForgotten } from './polling/forget.ts';
import { hypervisorOf, hypervisorParts, openHypervisors } from './polling/hypervisors.ts';
import { carryOutPromotions } from './projects/carry-out.ts';
import { openMovers } from './projects/mover.ts';
import { projectEntities } from './projects/snapshot.ts';
import { hypervisorRoutes } from './routes/hypervisors.ts';
import { leaseRoutes } from './routes/leases.ts';
import { nodeRoutes } from './routes/nodes.ts';
import { projectRoutes } from './routes/projects.ts';
import { promotionRoutes } from './routes/promotions.ts';
import { renewalRoutes } from './routes/renewals.ts';
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
  settings: ['site', 'hypervisors', 'policy', 'secrets', 'sizes', 'quota', 'reserve', 'log', 'testing'],
  async open(
    service: Service<
      'site' | 'hypervisors' | 'policy' | 'secrets' | 'sizes' | 'quota' | 'reserve' | 'log' | 'testing'
    >,
  ) {
    const forgotten = await unlistForgotten(service);
    const { length, renewals } = service.settings.policy.lease;
    const rules = { lengthMs: milliseconds(length) / service.settings.testing.leaseSpeed, renewals };
    const parts = { ...service, leaseMs: rules.lengthMs };
    const hypervisors = openHypervisors(parts, () => views.refresh());
    const counted = countRequests(service.metrics);
    const actor = createActor({ ...parts, hypervisors, requestLimit: createRequestLimit(), counted });
    const views = createViews(service, hypervisors, actor);
    const creating = createCreating(service, hypervisors);
    const movers = openMovers(service.settings.hypervisors);
    await actor.resume();
    const people = openPeople(service, {
      ...parts,
      hypervisors,
      makers: creating.makers,
      most: tasksPerHypervisor,
    });
    const lease = leaseHandler({ ...parts, hypervisors });
    return { forgotten, hypervisors, actor, views, rules, lease, people, creating, movers };
  },
  tasks: (service, { actor, hypervisors, lease, people, creating, movers }) => ({
    handlers: {
      lease,
      create: creating.handler,
      promotion: carryOutPromotions({ ...service, hypervisors, movers }),
      reconcile: limitTasks(actor.reconcile, {
        most: tasksPerHypervisor,
        hypervisorOf: hypervisorOf(service.settings.hypervisors, hypervisors),
        now: () => service.clock.now(),
      }),
      ...people.handlers,
    },
    concurrency: tasksPerHypervisor * Math.max(1, service.settings.hypervisors.length) + creating.atOnce,
    longestWaitMs,
  }),
  consumes: ({ tasks }) => [{ from: 'policy', ...consumes(tasks()) }],
  loops: (service, { hypervisors, creating, movers }) => [
    pruneRows(service, milliseconds(service.settings.log.retention)),
    ...hypervisors.values(),
    creating.going,
    ...[...movers.values()].map(({ close }) => ({ start: () => undefined, close })),
  ],
  gauges: ({ metrics }, { views }) => meterVms(metrics, views.latest),
  routes:
    (service, { views, rules, people, creating, movers }) =>
    async (app) => {
      await app.register(people.routes);
      await app.register(creating.routes);
      await app.register(leaseRoutes(service, rules));
      await app.register(renewalRoutes(service, rules));
      await app.register(vmRoutes(views, service.database));
      await app.register(nodeRoutes(views.nodes));
      await app.register(hypervisorRoutes(() => readHypervisors(service.database.orm)));
      await app.register(projectRoutes(service));
      await app.register(promotionRoutes({ ...service, movers }));
    },
  answers: (_, { views }): AnswersOf<'vm-lifecycle'> => ({
    names: ({ vms }) => ({
      names: views
        .latest()
        .flatMap(({ id, name }) => (name !== undefined && vms.includes(id) ? [{ vm: id, name }] : [])),
    }),
    classes: ({ vms }) => ({
      classes: views
        .latest()
        .flatMap(({ id, class: of }) => (vms.includes(id) ? [{ vm: id, class: of }] : [])),
    }),
  }),
  async state(service, { forgotten, views }) {
    await resumeCreations(service);
    for (const id of forgotten) views.forget(id);
    await views.refresh();
  },
  entities: (tx) => entitiesOf(tx),
  parts: (_, { hypervisors }) => hypervisorParts(hypervisors),
});

/**
 * All VMs, nodes, hypervisors, owners and leases as the events have them: a VM's status is what was last reported, also while it cannot be
 * seen, and what was asked of it stands beside that (core/history.ts).
 */
export async function entitiesOf(tx: Parameters<typeof readGuests>[0]): Promise<Entity[]> {
  const guests = await readGuests(tx);
  const nodes = await readNodes(tx);
  const hypervisors = await readHypervisors(tx);
  const ownerships = await ownershipEntities(tx);
  const leases = await leaseEntities(tx);
  return [
    ...guests.map((record) => ({ subject: guestTarget(record.guest.id), state: vmEntity(record) })),
    ...nodes.map((record) => ({ subject: nodeTarget(record.node.id), state: nodeEntity(record) })),
    ...hypervisors.map((state) => ({ subject: `hypervisor/${state.id}`, state })),
    ...ownerships.map((state) => ({ subject: `ownership/${state.ownership}`, state })),
    ...leases.map((state) => ({ subject: `lease/${state.lease}`, state })),
    ...(await projectEntities(tx)),
  ];
}
