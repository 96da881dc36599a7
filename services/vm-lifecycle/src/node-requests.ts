import type { HypervisorSettings } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import {
  acceptNode,
  closeNode,
  failNode,
  intendNode,
  settleNode,
  stumbleNode,
} from './adapters/record-node.ts';
import { attempt } from './attempt.ts';
import {
  type DesiredNode,
  failedAttempt,
  type NodeAct,
  type NodePlan,
  type NodeRequest,
  wakeEveryMs,
} from './core/node-plan.ts';
import { heldUp } from './core/wanted.ts';
import type { FailureOf, Hypervisor } from './ports.ts';

type NodeSettings = HypervisorSettings['nodes'][string];

/** What requests about nodes are made with. */
export interface NodeDesk {
  readonly database: Database;
  readonly log: EventLog;
  readonly failureOf: FailureOf;
  /** Sends a magic packet; rejects when it could not even be sent. */
  readonly sendMagicPacket: (mac: string, address: string) => Promise<void>;
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** For the metrics. */
  readonly counted: (act: NodeAct, outcome: 'requested' | 'accepted' | 'lost' | 'failed' | 'done') => void;
}

export interface SituatedNode {
  readonly desired: DesiredNode;
  readonly request: NodeRequest | undefined;
  readonly hypervisor: Hypervisor;
  readonly settings: NodeSettings | undefined;
}

/** Writes down what is planned, and does it. */
export async function requestNode(
  options: NodeDesk,
  situated: SituatedNode,
  { act, attempt: nth, because }: NodePlan & { do: 'request' },
): Promise<void> {
  const { database, log, clock, logger } = options;
  const { desired } = situated;
  const begunMs = clock.monotonicMs();
  const intent = { desired, act, attempt: nth, now: clock.now() };
  const made = await database.transaction((tx) => intendNode(tx, log, intent));
  if (made === undefined) return;
  options.counted(act, 'requested');
  logger.info({ node: desired.id, act, attempt: nth, because }, 'about to ask');
  const late = heldUp(clock.monotonicMs() - begunMs, nth);
  if (late !== undefined) {
    // A packet is sent by the next look, if a wake is still wanted then.
    if (act === 'shutdown') await nodeFails(options, made, failedAttempt(nth, late));
    return;
  }
  await (act === 'wake' ? sendPacket : shutDown)(options, situated, made);
}

async function shutDown(options: NodeDesk, situated: SituatedNode, made: NodeRequest): Promise<void> {
  const { database, failureOf, logger, counted } = options;
  const { hypervisor, desired } = situated;
  const ask = async () => ({ taken: await hypervisor.shutdownNode(desired.node) });
  const answer = await attempt(failureOf, ask);
  if (!('code' in answer)) {
    await database.transaction((tx) => acceptNode(tx, made));
    counted('shutdown', 'accepted');
    return;
  }
  const { code, message, mayHaveArrived } = answer;
  if (mayHaveArrived) {
    counted('shutdown', 'lost');
    logger.warn({ node: desired.id, code }, 'the answer was lost; the node will show what became of it');
    return;
  }
  const right = `the token needs Sys.PowerMgmt on /nodes/${desired.node}`;
  await nodeFails(
    options,
    made,
    failedAttempt(made.attempt, code === 'forbidden' ? `${message}: ${right}` : message),
  );
}

/** One magic packet; it is sent again and again, since nothing tells whether one arrived. */
export async function sendPacket(
  options: NodeDesk,
  situated: SituatedNode,
  made: NodeRequest,
): Promise<void> {
  const { database, log, clock, logger, counted } = options;
  const { mac, wakeAddress } = situated.settings ?? {};
  const notBefore = new Date(clock.now().getTime() + wakeEveryMs);
  try {
    if (mac === undefined || wakeAddress === undefined)
      throw new TypeError(`settings name no mac for ${made.node}: nothing can be sent`);
    await options.sendMagicPacket(mac, wakeAddress);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    counted('wake', 'failed');
    logger.warn({ node: made.id, err: error }, 'a magic packet could not be sent; it will be tried again');
    await database.transaction((tx) => stumbleNode(tx, log, made, { error: said, notBefore }));
    return;
  }
  await database.transaction((tx) => acceptNode(tx, made, notBefore));
  if (made.phase === 'intended') counted('wake', 'accepted');
  logger.debug({ node: made.id }, 'a magic packet was sent');
}

/** The node is as it is wanted, or as it was asked to be. */
export async function nodeDone(options: NodeDesk, { desired, request }: SituatedNode): Promise<void> {
  const open = request?.phase === 'intended' || request?.phase === 'accepted' ? request : undefined;
  const met = open === undefined || open.decision === desired.decision;
  await options.database.transaction(async (tx) => {
    if (open) await closeNode(tx, open);
    if (met) await settleNode(tx, desired, { reached: true });
  });
  if (open) {
    options.counted(open.act, 'done');
    options.logger.info({ node: open.id, act: open.act, attempt: open.attempt }, 'a request was carried out');
  }
}

/** The request failed, for now or for good. */
export async function nodeFails(
  { database, log, clock, logger, counted }: NodeDesk,
  made: NodeRequest,
  { error, retry, again }: NodePlan & { do: 'fail' },
): Promise<void> {
  const notBefore = new Date(clock.now().getTime() + again);
  await database.transaction((tx) => failNode(tx, log, made, { error, retry, notBefore }));
  counted(made.act, 'failed');
  const what = { node: made.id, act: made.act, attempt: made.attempt, error };
  if (retry) logger.warn(what, 'a request about a node failed; it will be tried again');
  else logger.error(what, 'a request about a node failed for good');
}
