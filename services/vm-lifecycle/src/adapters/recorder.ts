import type { Tx } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import type { Desired } from '../core/desired.ts';
import { askedBy } from '../core/history.ts';
import { causedBy } from '../core/power-fact.ts';
import {
  type AnyRequest,
  type Failure,
  isNodeRequest,
  type NodeRequest,
  type Request,
  type Stored,
} from '../core/request.ts';
import { idOf, isNode, type Target } from '../core/target.ts';
import { desired, node, request, vm } from '../schema.ts';

const actor = 'service:vm-lifecycle';
/** So many UPIDs of earlier requests are remembered: more than a decision has tries. */
const upidsKept = 20;

/** Policy decided anew just now: the intent is not written, and nothing may be sent. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  readonly code = 'superseded';
}

/** What is about to be asked; `before` is the request before it, whatever decision that was for. */
export interface Intent<R extends AnyRequest = AnyRequest>
  extends Pick<R, 'target' | 'hypervisor' | 'node' | 'act' | 'attempt' | 'tries'> {
  readonly desired: Desired | undefined;
  readonly before: Stored<R> | undefined;
  /** Why it is asked again. */
  readonly because?: string | undefined;
  readonly now: Date;
}

/**
 * Writes down what is about to be asked, in one round trip. Throws {@link Superseded}, which rolls all of it back, when
 * the decision is no longer the newest.
 */
export async function intend<R extends AnyRequest>(tx: Tx, log: EventLog, intent: Intent<R>): Promise<R> {
  const { target, hypervisor, node: at, act, attempt, tries, desired: wish, before, because, now } = intent;
  if (wish === undefined) throw new Superseded('there is no decision');
  const { generation, decision, correlation } = wish;
  const chain = { generation, decision, correlation, attempt, tries };
  const made = { target, hypervisor, node: at, act, ...chain, phase: 'intended', intendedAt: now } as R;
  const upids = [before?.upid, ...(before?.upids ?? [])].flatMap((upid) => upid ?? []).slice(0, upidsKept);
  const row = { ...made, upids, upid: null, error: null, notBefore: null };
  const [[newest]] = await Promise.all([
    tx.select({ decision: desired.decision }).from(desired).where(eq(desired.target, target)).for('share'),
    tx.insert(request).values(row).onConflictDoUpdate({ target: request.target, set: row }),
    noteAsked(tx, made),
    append(tx, log, made, requested(made, because), now),
  ]);
  if (newest?.decision !== wish.decision) throw new Superseded('there is a newer decision');
  return made;
}

/** It went out well: Proxmox took it as a task, or the packet was sent, which is done again at `notBefore`. */
export async function accept(
  tx: Tx,
  log: EventLog,
  made: AnyRequest,
  { upid, notBefore }: { readonly upid?: string; readonly notBefore?: Date } = {},
): Promise<void> {
  const taken = { phase: 'accepted', upid: upid ?? null, error: null, notBefore: notBefore ?? null } as const;
  await tx.update(request).set(taken).where(eq(request.target, made.target));
  if (isNodeRequest(made) || upid === undefined) return;
  await append(tx, log, made, newEvent('vm.power-accepted', made.target, { ...guestData(made), upid }));
}

/** The request, or its task, failed; without another try the decision is given up. */
export async function fail(
  tx: Tx,
  log: EventLog,
  made: AnyRequest,
  { error, retry, tries, again }: Failure,
  now: Date,
): Promise<void> {
  const notBefore = new Date(now.getTime() + again);
  const change = { phase: 'failed', error, tries, notBefore } as const;
  await tx.update(request).set(change).where(eq(request.target, made.target));
  if (!retry) await noteOutcome(tx, made, { givenUp: true });
  await noteFailed(tx, made, retry);
  await append(tx, log, made, failedEvent(made, error, retry));
}

/** What could not be sent goes on as it was, until `notBefore`; it is reported when its error is another one. */
export async function failRetryably(
  tx: Tx,
  log: EventLog,
  made: NodeRequest,
  { error, notBefore }: { readonly error: string; readonly notBefore: Date },
): Promise<void> {
  const change = { phase: 'accepted', error, notBefore } as const;
  await tx.update(request).set(change).where(eq(request.target, made.target));
  if (made.error === error) return;
  await noteFailed(tx, made, true);
  await append(tx, log, made, failedEvent(made, error, true));
}

/** The request is over: nothing is in flight any more. */
export async function close(tx: Tx, { target }: AnyRequest): Promise<void> {
  const change = { phase: 'done', error: null, notBefore: null } as const;
  await tx.update(request).set(change).where(eq(request.target, target));
}

/** The request led where it should: its decision is done with, whatever happens to the target from now on. */
export async function finish(tx: Tx, made: AnyRequest): Promise<void> {
  await close(tx, made);
  await noteOutcome(tx, made, { reached: true });
}

/** Notes what became of a decision; of a newer one than is meant, nothing. */
export async function noteOutcome(
  tx: Tx,
  { target, decision }: { readonly target: Target; readonly decision: string },
  outcome: { reached: true } | { givenUp: true },
): Promise<void> {
  const same = and(eq(desired.target, target), eq(desired.decision, decision));
  await tx.update(desired).set(outcome).where(same);
}

async function noteAsked(tx: Tx, made: AnyRequest): Promise<void> {
  await note(tx, made.target, { asked: askedBy(made) });
}

async function noteFailed(tx: Tx, made: AnyRequest, retry: boolean): Promise<void> {
  await note(tx, made.target, { asked: null, ...(retry ? {} : { gaveUp: made.generation }) });
}

async function note(tx: Tx, target: Target, change: object): Promise<void> {
  const id = idOf(target);
  if (isNode(target)) await tx.update(node).set(change).where(eq(node.id, id));
  else await tx.update(vm).set(change).where(eq(vm.id, id));
}

function requested(made: AnyRequest, because: string | undefined): NewEvent {
  if (isNodeRequest(made)) return newEvent('node.power-requested', made.target, nodeData(made));
  const data = { ...guestData(made), ...(because !== undefined && { because }) };
  return newEvent('vm.power-requested', made.target, data);
}

function failedEvent(made: AnyRequest, error: string, retry: boolean): NewEvent {
  if (isNodeRequest(made))
    return newEvent('node.power-failed', made.target, { ...nodeData(made), error, retry });
  return newEvent('vm.power-failed', made.target, { ...guestData(made), error, retry });
}

function guestData({ target, act, generation, decision, attempt }: Request) {
  return { vm: idOf(target), act, generation, decision, attempt };
}

function nodeData({ target, hypervisor, node: name, act, generation, decision, attempt }: NodeRequest) {
  return { id: idOf(target), hypervisor, node: name, act, generation, decision, attempt };
}

async function append(tx: Tx, log: EventLog, made: AnyRequest, event: NewEvent, time?: Date): Promise<void> {
  await log.append(tx, [{ ...event, actor, cause: causedBy(made), ...(time && { time }) }]);
}
