import type { Tx } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import type { Told } from '../core/cause.ts';
import type { Act, Guest, Power } from '../core/guest.ts';
import type { Desired, Failure, Request } from '../core/plan.ts';
import { causedBy, powerFact } from '../core/power-fact.ts';
import { desired, request, vm } from '../schema.ts';

const actor = 'service:vm-lifecycle';

/** Says that a guest started or stopped, unless that was said already. */
export async function sayPower(
  tx: Tx,
  log: EventLog,
  news: { guest: Guest; to: Power; told: Told; now: Date },
): Promise<void> {
  const { guest, to, told, now } = news;
  const [row] = await tx.select({ status: vm.status }).from(vm).where(eq(vm.id, guest.id)).for('update');
  if (row === undefined || row.status === to) return;
  await tx.update(vm).set({ status: to, changedAt: now }).where(eq(vm.id, guest.id));
  const { type, subject, data, ...more } = powerFact(guest, to, told);
  await log.append(tx, [newEvent(type, subject, data, more)]);
}

/** Policy changed its mind just now: the intent is not written, and nothing may be sent. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  readonly code = 'superseded';
}

/**
 * Writes down what is about to be asked, in one round trip. Throws {@link Superseded}, which rolls all of it back, when
 * the decision is no longer the newest.
 */
export async function intend(
  tx: Tx,
  log: EventLog,
  intent: {
    guest: Guest;
    desired: Desired | undefined;
    before: (Request & { upids: readonly string[] }) | undefined;
    act: Act;
    attempt: number;
    tries: number;
    because?: string | undefined;
    now: Date;
  },
): Promise<Request> {
  const { guest, desired: wish, before, act, attempt, tries, because, now } = intent;
  if (wish === undefined) throw new Superseded('there is no decision');
  const made: Request = {
    vm: guest.id,
    act,
    generation: wish.generation,
    decision: wish.decision,
    correlation: wish.correlation,
    attempt,
    tries,
    phase: 'intended',
    node: guest.node,
    intendedAt: now,
  };
  const upids = [before?.upid, ...(before?.upids ?? [])].flatMap((upid) => upid ?? []).slice(0, 20);
  const row = { ...made, upids, upid: null, error: null, notBefore: null };
  const data = { ...requestData(made), ...(because !== undefined && { because }) };
  const [[newest]] = await Promise.all([
    tx.select({ decision: desired.decision }).from(desired).where(eq(desired.vm, guest.id)).for('share'),
    tx.insert(request).values(row).onConflictDoUpdate({ target: request.vm, set: row }),
    append(tx, log, made, newEvent('vm.power-requested', `vm/${guest.id}`, data)),
  ]);
  if (newest?.decision !== wish.decision) throw new Superseded('there is a newer decision');
  return made;
}

/** Proxmox took the request: its task is known by this UPID from now on. */
export async function accept(tx: Tx, log: EventLog, made: Request, upid: string): Promise<void> {
  await tx.update(request).set({ phase: 'accepted', upid }).where(eq(request.vm, made.vm));
  const data = { ...requestData(made), upid };
  await append(tx, log, made, newEvent('vm.power-accepted', `vm/${made.vm}`, data));
}

/** The request, or its task, failed; without another try the decision is given up. */
export async function fail(tx: Tx, log: EventLog, made: Request, failure: Failure, now: Date): Promise<void> {
  const { error, retry, tries, again } = failure;
  const notBefore = new Date(now.getTime() + again);
  await tx.update(request).set({ phase: 'failed', error, tries, notBefore }).where(eq(request.vm, made.vm));
  if (!retry) await settle(tx, made, { givenUp: true });
  const data = { ...requestData(made), error, retry };
  await append(tx, log, made, newEvent('vm.power-failed', `vm/${made.vm}`, data));
}

/** The request led where it should: its decision is done with, whatever happens to the guest from now on. */
export async function finish(tx: Tx, made: Request): Promise<void> {
  await tx.update(request).set({ phase: 'done' }).where(eq(request.vm, made.vm));
  await settle(tx, made, { reached: true });
}

/** Notes what became of a decision; of a newer one than is meant, nothing. */
export async function settle(
  tx: Tx,
  decision: Pick<Desired, 'vm' | 'decision'>,
  outcome: { reached: true } | { givenUp: true },
): Promise<void> {
  const same = and(eq(desired.vm, decision.vm), eq(desired.decision, decision.decision));
  await tx.update(desired).set(outcome).where(same);
}

function requestData({ vm: id, act, generation, decision, attempt }: Request) {
  return { vm: id, act, generation, decision, attempt };
}

async function append(tx: Tx, log: EventLog, made: Request, event: NewEvent): Promise<void> {
  await log.append(tx, [{ ...event, actor, cause: causedBy(made) }]);
}
