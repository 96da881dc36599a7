import type { EventType } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import type { EventLog, NewEvent } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import { evolveLease, type LeaseFact, type LeaseState } from '../core/lease.ts';
import { lease, ownership, vm } from '../schema.ts';

/**
 * What is to be appended to the log together with other news: of aggregates whose rows are locked and changed already, each at the version
 * that `expected` has for its subject.
 */
export interface Along {
  readonly events: NewEvent[];
  readonly expected: Map<string, number>;
}

export function nothingAlong(): Along {
  return { events: [], expected: new Map() };
}

interface Locked {
  readonly id: string;
  readonly state: LeaseState | undefined;
  readonly version: number;
}

/** The lease with this id, locked until the commit; to be called before the log is appended to, whose head is locked last. */
export async function lockLease(tx: Tx, log: EventLog, id: string): Promise<Locked> {
  const [row] = await tx.select().from(lease).where(eq(lease.id, id)).for('update');
  if (row === undefined) return { id, state: undefined, version: await log.versionIn(tx, `lease/${id}`) };
  const { id: _, version, ...state } = row;
  return { id, state, version };
}

/** The newest lease of a VM, which may be over; undefined: it never had one. */
export async function readLeaseOf(
  from: Database['orm'],
  id: string,
): Promise<typeof lease.$inferSelect | undefined> {
  const [found] = await from
    .select({ lease })
    .from(vm)
    .innerJoin(ownership, isOwnership)
    .innerJoin(lease, eq(lease.id, ownership.id))
    .where(eq(vm.id, id));
  return found?.lease;
}

/** Changes a locked lease by what happened to it, and adds that to what is to be appended. */
export async function changeLease(
  tx: Tx,
  along: Along,
  { id, state: before, version: known }: Locked,
  fact: LeaseFact,
  more: Pick<NewEvent, 'actor' | 'time'>,
): Promise<LeaseState | undefined> {
  const state = evolveLease(before, fact);
  if (state === undefined) return undefined;
  const subject = `lease/${id}`;
  const version = known + 1;
  await tx
    .insert(lease)
    .values({ id, version, ...state })
    .onConflictDoUpdate({ target: lease.id, set: { version, ...state } });
  along.expected.set(subject, known);
  along.events.push({ ...(fact as { type: EventType; data: never }), subject, ...more });
  return state;
}
