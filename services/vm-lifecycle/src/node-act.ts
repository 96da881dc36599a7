import { type HypervisorSettings, milliseconds } from '@huismeester/contracts';
import type { TaskHandler } from '@huismeester/events';
import { closeNode, readNode } from './adapters/record-node.ts';
import { attempt } from './attempt.ts';
import { type NodePlan, planNode } from './core/node-plan.ts';
import {
  type NodeDesk,
  nodeDone,
  nodeFails,
  requestNode,
  type SituatedNode,
  sendPacket,
} from './node-requests.ts';
import type { Hypervisor } from './ports.ts';

export interface NodeActorOptions extends NodeDesk {
  /** The hypervisor that a node belongs to, with what settings say of its nodes, by their names. */
  readonly hypervisors: ReadonlyMap<
    string,
    { readonly hypervisor: Hypervisor; readonly nodes: HypervisorSettings['nodes'] }
  >;
}

/** When to look again, in milliseconds; `over`: not at all. */
type Next = number | 'over';

const stepsAtOnce = 4;

/** Carries out what policy wants of the power of nodes themselves, in durable tasks whose key is the node's id. */
export function createNodeActor(options: NodeActorOptions): TaskHandler {
  const { database, clock } = options;

  async function step(id: string): Promise<Next> {
    const { desired, request } = await readNode(database.orm, id);
    const found = desired && options.hypervisors.get(desired.hypervisor);
    if (desired === undefined || found === undefined) return 'over';
    const situated = { desired, request, hypervisor: found.hypervisor, settings: found.nodes[desired.node] };
    return await carryOut(options, situated, await look(options, situated));
  }

  return async ({ key }, signal) => {
    let next: Next = 0;
    for (let count = 0; next === 0 && count < stepsAtOnce; count += 1) {
      signal.throwIfAborted();
      next = await step(key);
    }
    return next === 'over' ? undefined : { againAt: new Date(clock.now().getTime() + next) };
  };
}

/** Looks at the node, if there is anything to look for. */
async function look({ clock, failureOf }: NodeActorOptions, situated: SituatedNode): Promise<NodePlan> {
  const { desired, request, hypervisor, settings } = situated;
  const blind = {
    desired,
    request,
    online: undefined,
    settings: {
      nodeShutdown: settings?.nodeShutdown ?? 'upsmon',
      ...(settings?.wake && { wake: settings.wake }),
    },
    patienceMs: 2 * milliseconds(settings?.ownShutdown ?? '2m'),
  };
  const idle = planNode({ ...blind, now: clock.now() });
  if (idle.do === 'nothing') return idle;
  const seen = await attempt(failureOf, async () => ({ online: await hypervisor.nodeOnline(desired.node) }));
  return planNode({ ...blind, ...('code' in seen ? {} : seen), now: clock.now() });
}

async function carryOut(options: NodeActorOptions, situated: SituatedNode, plan: NodePlan): Promise<Next> {
  const { desired, request } = situated;
  switch (plan.do) {
    case 'nothing':
      options.logger.debug({ node: desired.id, why: plan.why }, 'nothing to do');
      return 'over';
    case 'wait':
      return plan.again;
    case 'request':
      await requestNode(options, situated, plan);
      return 0;
    case 'send':
      if (request) await sendPacket(options, situated, request);
      return 0;
    case 'done':
      await nodeDone(options, situated);
      return 0;
    case 'close':
      if (request) await options.database.transaction((tx) => closeNode(tx, request));
      return 0;
    case 'fail':
      if (request) await nodeFails(options, request, plan);
      return 0;
  }
}
