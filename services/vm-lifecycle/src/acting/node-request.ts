import { answerOf } from '../adapters/call.ts';
import { failRetryably } from '../adapters/recorder.ts';
import { sendMagicPacket } from '../adapters/wake.ts';
import { failedAttempt, type NodePlan, wakeEveryMs } from '../core/node-plan.ts';
import type { NodeRequest } from '../core/request.ts';
import { nodeTarget } from '../core/target.ts';
import type { ActingContext, ManagedNode } from './context.ts';
import { acceptRequest, failRequest, intendRequest, loseRequest } from './request.ts';

/** Writes down what is planned about a node, and does it. */
export async function requestNode(
  context: ActingContext,
  managed: ManagedNode,
  { act, attempt, tries, because }: NodePlan & { do: 'request' },
): Promise<void> {
  const { node, desired, request: before } = managed;
  const at = { target: nodeTarget(node.id), hypervisor: node.hypervisor, node: node.node };
  const intent = { ...at, act, attempt, tries, because, desired, before };
  const intended = await intendRequest<NodeRequest>(context, intent);
  if (intended === undefined) return;
  const { made, stale } = intended;
  if (stale !== undefined) {
    // A packet is sent by the next look, if a wake is still wanted then.
    if (act === 'shutdown') await failRequest(context, made, failedAttempt(attempt, stale));
    return;
  }
  await (act === 'wake' ? sendPacket : shutDown)(context, managed, made);
}

async function shutDown(
  context: ActingContext,
  { node: { node }, hypervisor }: ManagedNode,
  made: NodeRequest,
): Promise<void> {
  const shutdown = async () => ({ taken: await hypervisor.shutdownNode(node) });
  const answer = await answerOf(shutdown);
  if (!('code' in answer)) return await acceptRequest(context, made);
  const { code, message, mayHaveArrived } = answer;
  if (mayHaveArrived) return loseRequest(context, made, code);
  const right = `the token needs Sys.PowerMgmt on /nodes/${node}`;
  const error = code === 'forbidden' ? `${message}: ${right}` : message;
  await failRequest(context, made, failedAttempt(made.attempt, error));
}

/** One magic packet; it is sent again and again, since whether one arrived cannot be seen. */
export async function sendPacket(
  context: ActingContext,
  { settings }: ManagedNode,
  made: NodeRequest,
): Promise<void> {
  const { database, log, clock, logger, counted } = context;
  const { mac, wakeAddress } = settings ?? {};
  const notBefore = new Date(clock.now().getTime() + wakeEveryMs);
  try {
    if (mac === undefined || wakeAddress === undefined)
      throw new TypeError(`settings name no mac for ${made.node}: nothing can be sent`);
    await sendMagicPacket(mac, wakeAddress);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    counted('node-wake', 'failed');
    const about = { target: made.target, err: error };
    logger.warn(about, 'a magic packet could not be sent; it will be tried again');
    await database.transaction((tx) => failRetryably(tx, log, made, { error: message, notBefore }));
    return;
  }
  await acceptRequest(context, made, { notBefore });
  logger.debug({ target: made.target }, 'a magic packet was sent');
}
