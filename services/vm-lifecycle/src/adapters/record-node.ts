import type { Database, Tx } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import type { DesiredNode, NodeAct, NodeRequest } from '../core/node-plan.ts';
import { causedBy } from '../core/power-fact.ts';
import { desiredNode, nodeRequest } from '../schema.ts';

const actor = 'service:vm-lifecycle';

/** What is wanted of a node, and what we last did about it. */
export async function readNode(
  from: Database['orm'],
  id: string,
): Promise<{ desired: DesiredNode | undefined; request: NodeRequest | undefined }> {
  const [wish] = await from.select().from(desiredNode).where(eq(desiredNode.id, id));
  const [made] = await from.select().from(nodeRequest).where(eq(nodeRequest.id, id));
  return { desired: wish && toDesired(wish), request: made && toRequest(made) };
}

/**
 * Writes down what is about to be done about a node. Undefined when the decision is no longer the newest: then nothing
 * was written, and nothing may be sent.
 */
export async function intendNode(
  tx: Tx,
  log: EventLog,
  { desired, act, attempt, now }: { desired: DesiredNode; act: NodeAct; attempt: number; now: Date },
): Promise<NodeRequest | undefined> {
  const { id, hypervisor, node, generation, decision, correlation } = desired;
  const [newest] = await tx
    .select({ decision: desiredNode.decision })
    .from(desiredNode)
    .where(eq(desiredNode.id, id))
    .for('share');
  if (newest?.decision !== decision) return undefined;
  const chain = { generation, decision, correlation, attempt };
  const made: NodeRequest = { id, hypervisor, node, act, ...chain, phase: 'intended', intendedAt: now };
  const row = { ...made, error: null, notBefore: null };
  await tx.insert(nodeRequest).values(row).onConflictDoUpdate({ target: nodeRequest.id, set: row });
  await append(tx, log, made, newEvent('node.power-requested', subjectOf(made), dataOf(made)));
  return made;
}

/** It went out well; a wake goes out again at `notBefore`. */
export async function acceptNode(tx: Tx, { id }: NodeRequest, notBefore?: Date): Promise<void> {
  const sent = { phase: 'accepted' as const, error: null, notBefore: notBefore ?? null };
  await tx.update(nodeRequest).set(sent).where(eq(nodeRequest.id, id));
}

/** The request failed; without another try the decision is given up. */
export async function failNode(
  tx: Tx,
  log: EventLog,
  made: NodeRequest,
  failure: { error: string; retry: boolean; notBefore: Date },
): Promise<void> {
  const { error, retry, notBefore } = failure;
  await tx.update(nodeRequest).set({ phase: 'failed', error, notBefore }).where(eq(nodeRequest.id, made.id));
  if (!retry) await settleNode(tx, made, { givenUp: true });
  const data = { ...dataOf(made), error, retry };
  await append(tx, log, made, newEvent('node.power-failed', subjectOf(made), data));
}

/** A wake whose packet could not be sent goes on; it is said when what is wrong changes. */
export async function stumbleNode(
  tx: Tx,
  log: EventLog,
  made: NodeRequest,
  { error, notBefore }: { error: string; notBefore: Date },
): Promise<void> {
  await tx
    .update(nodeRequest)
    .set({ phase: 'accepted', error, notBefore })
    .where(eq(nodeRequest.id, made.id));
  if (made.error === error) return;
  const data = { ...dataOf(made), error, retry: true };
  await append(tx, log, made, newEvent('node.power-failed', subjectOf(made), data));
}

/** The request is over: nothing is in flight any more. */
export async function closeNode(tx: Tx, { id }: NodeRequest): Promise<void> {
  await tx
    .update(nodeRequest)
    .set({ phase: 'done', error: null, notBefore: null })
    .where(eq(nodeRequest.id, id));
}

/** Notes what became of a decision; of a newer one than is meant, nothing. */
export async function settleNode(
  tx: Tx,
  { id, decision }: Pick<DesiredNode, 'id' | 'decision'>,
  outcome: { reached: true } | { givenUp: true },
): Promise<void> {
  const same = and(eq(desiredNode.id, id), eq(desiredNode.decision, decision));
  await tx.update(desiredNode).set(outcome).where(same);
}

function subjectOf({ id }: NodeRequest): string {
  return `node/${id}`;
}

function dataOf({ id, hypervisor, node, act, generation, decision, attempt }: NodeRequest) {
  return { id, hypervisor, node, act, generation, decision, attempt };
}

async function append(tx: Tx, log: EventLog, made: NodeRequest, event: NewEvent): Promise<void> {
  await log.append(tx, [{ ...event, actor, cause: causedBy(made) }]);
}

function toDesired({ validUntil, ...row }: typeof desiredNode.$inferSelect): DesiredNode {
  return { ...row, ...(validUntil && { validUntil: validUntil.toISOString() }) };
}

function toRequest({ error, notBefore, ...row }: typeof nodeRequest.$inferSelect): NodeRequest {
  return { ...row, ...(error !== null && { error }), ...(notBefore && { notBefore }) };
}
