import { defineService, type Entity, type Service } from '@huismeester/service';
import { createActor } from './acting/actor.ts';
import { createRequestLimit } from './acting/request-limit.ts';
import { limitTasks } from './acting/task-limit.ts';
import { openChangers } from './adapters/changer.ts';
import { readGuests, readHypervisors, readNodes } from './adapters/store.ts';
import { parseActTask } from './asking/acts.ts';
import { createAsker } from './asking/carry-out.ts';
import { consumes } from './consumes/policy.ts';
import { nodeEntity, vmEntity } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { countRequests, meterVms } from './metrics.ts';
import { takeOverHandler } from './owning/take-over.ts';
import { unlistForgotten } from './polling/forget.ts';
import { hypervisorOf, hypervisorParts, openHypervisors } from './polling/hypervisors.ts';
import { limitsOfSettings } from './quota/limits.ts';
import { actRoutes } from './routes/acts.ts';
import { driftRoutes } from './routes/drift.ts';
import { hypervisorRoutes } from './routes/hypervisors.ts';
import { nodeRoutes } from './routes/nodes.ts';
import { ownershipRoutes } from './routes/ownership.ts';
import { quotaRoutes } from './routes/quota.ts';
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
  settings: ['site', 'hypervisors', 'quota', 'reserve'],
  async open(service: Service<'site' | 'hypervisors' | 'quota' | 'reserve'>) {
    const forgotten = await unlistForgotten(service);
    const hypervisors = openHypervisors(service, () => views.refresh());
    const counted = countRequests(service.metrics);
    const actor = createActor({ ...service, hypervisors, requestLimit: createRequestLimit(), counted });
    const views = createViews(service, hypervisors, actor);
    await actor.resume();
    const changers = openChangers(service.settings.hypervisors);
    const asker = createAsker({ ...service, hypervisors, changers });
    return { forgotten, hypervisors, actor, views, changers, asker };
  },
  tasks: ({ settings, clock, logger }, { actor, hypervisors, asker }) => ({
    handlers: {
      reconcile: limitTasks(actor.reconcile, {
        most: tasksPerHypervisor,
        hypervisorOf: hypervisorOf(settings.hypervisors, hypervisors),
        now: () => clock.now(),
      }),
      act: limitTasks(asker.run, {
        most: tasksPerHypervisor,
        hypervisorOf: (key) => parseActTask(key).hypervisor,
        now: () => clock.now(),
      }),
      'take-over': takeOverHandler({ logger }, []),
    },
    concurrency: tasksPerHypervisor * Math.max(1, settings.hypervisors.length),
    longestWaitMs,
  }),
  consumes: ({ tasks }) => [{ from: 'policy', ...consumes(tasks()) }],
  loops: (_, { hypervisors, changers }) => [...hypervisors.values(), changers],
  gauges: ({ metrics }, { views }) => meterVms(metrics, views.latest),
  routes:
    (service, { views, changers, asker }) =>
    async (app) => {
      const { database, settings } = service;
      const urls = new Map(settings.hypervisors.map(({ id, url }) => [id, url]));
      const people = { ...service, limits: limitsOfSettings(settings), asker, changers, urls };
      await app.register(actRoutes(people));
      await app.register(ownershipRoutes(people));
      await app.register(quotaRoutes(people));
      await app.register(driftRoutes(people));
      await app.register(vmRoutes(views.vms));
      await app.register(nodeRoutes(views.nodes));
      await app.register(hypervisorRoutes(() => readHypervisors(database.orm)));
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
  ];
}
