import { milliseconds } from '@huismeester/contracts';
import { answerOf } from '../adapters/call.ts';
import { close } from '../adapters/recorder.ts';
import { readNodes } from '../adapters/store.ts';
import { type NodePlan, planNode } from '../core/node-plan.ts';
import { isInFlight } from '../core/request.ts';
import type { ActingContext, ManagedNode, Next } from './context.ts';
import { requestNode, sendPacket } from './node-request.ts';
import { failRequest, finishRequest, noteReached } from './request.ts';

/** One step from what a node is to what policy wants of it. */
export async function stepNode(
  context: ActingContext,
  id: string,
  waiting: (why: string) => void,
): Promise<Next> {
  const [record] = await readNodes(context.database.orm, id);
  const managed = record && context.hypervisors.get(record.node.hypervisor);
  if (record === undefined || managed === undefined) return 'over';
  const { hypervisor } = managed.poller;
  const node = { ...record, hypervisor, settings: managed.nodes[record.node.node] };
  const plan = await planFor(context, node);
  if (plan.do === 'wait') waiting(plan.why);
  if ('why' in plan) context.logger.debug({ node: id, do: plan.do, why: plan.why }, 'the node was looked at');
  return await carryOut(context, node, plan);
}

/** Looks at the node, if there is anything to look for. */
async function planFor({ clock }: ActingContext, managed: ManagedNode): Promise<NodePlan> {
  const { node, desired, request, hypervisor, settings } = managed;
  const blind = {
    desired,
    request,
    online: undefined,
    settings: {
      nodeShutdown: settings?.nodeShutdown ?? 'upsmon',
      ...(settings?.wake && { wake: settings.wake }),
    },
    deadlineMs: 2 * milliseconds(settings?.ownShutdown ?? '2m'),
  };
  const idle = planNode({ ...blind, now: clock.now() });
  if (idle.do === 'nothing') return idle;
  const seen = await answerOf(async () => ({ online: await hypervisor.nodeOnline(node.node) }));
  return planNode({ ...blind, ...('code' in seen ? {} : seen), now: clock.now() });
}

async function carryOut(context: ActingContext, managed: ManagedNode, plan: NodePlan): Promise<Next> {
  const { desired, request } = managed;
  switch (plan.do) {
    case 'nothing':
      return 'over';
    case 'wait':
      return plan.again;
    case 'request':
      await requestNode(context, managed, plan);
      return undefined;
    case 'send':
      if (request) await sendPacket(context, managed, request);
      return undefined;
    case 'done':
      if (isInFlight(request)) await finishRequest(context, request);
      else await noteReached(context, desired);
      return undefined;
    case 'close':
      if (request) await context.database.transaction((tx) => close(tx, request));
      return undefined;
    case 'fail':
      if (request) await failRequest(context, request, plan);
      return undefined;
  }
}
