import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { and, eq, isNotNull } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import { type LeaseState, leaseStarted } from '../core/lease.ts';
import { begunBy, type How, type Start } from '../core/start.ts';
import { ownership, vm } from '../schema.ts';
import { type Along, changeLease, lockLease } from './rows.ts';

export interface Beginning {
  /** The VM's id. */
  readonly id: string;
  readonly how: How;
  readonly now: Date;
  /** When it was started, if that was seen later; now, if left out. */
  readonly started?: Date | undefined;
  readonly lengthMs: number;
  readonly actor?: string | undefined;
  readonly onlyIf?: OnlyIf | undefined;
}

/** Asked of its newest lease once that is locked: whether another one begins. */
type OnlyIf = (newest: LeaseState | undefined) => boolean;

/**
 * Begins a lease of a VM, if it is a participant's and has an owner; adds the event to what is to be appended to the log. Without an owner it
 * is unclaimed, and has none. The VM's row is locked by the caller.
 */
export async function beginLease(tx: Tx, log: EventLog, along: Along, beginning: Beginning): Promise<void> {
  const { id, how, now, started, lengthMs, actor, onlyIf } = beginning;
  const [owned] = await tx
    .select({ lease: ownership.id, owner: ownership.owner })
    .from(vm)
    .innerJoin(ownership, isOwnership)
    .where(and(eq(vm.id, id), eq(vm.class, 'participant'), isNotNull(ownership.owner)));
  if (owned?.owner == null) return;
  const { lease, owner } = owned;
  const locked = await lockLease(tx, log, lease);
  if (onlyIf?.(locked.state) === false) return;
  const data = leaseStarted({ lease, vm: id, owner }, locked.state, { how, now, started, lengthMs });
  const more = { time: now, ...(actor !== undefined && { actor }) };
  await changeLease(tx, along, locked, { type: 'lease.started', data }, more);
}

/** What a start begins; `at` is when its task began by the node's clock, where it has one. */
export interface Begun {
  readonly how: How;
  readonly at?: Date;
  readonly lengthMs: number;
  readonly onlyIf?: OnlyIf;
}

/** The lease that a start begins, if it does; see `startOf`. */
export function leaseBy(start: Start, lengthMs: number): Begun | undefined {
  const begun = begunBy(start);
  return begun && { ...begun, lengthMs };
}
