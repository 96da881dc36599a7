import type { EventData } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { end, evolveOwnership } from '../core/ownership.ts';
import { type Along, changeLease, lockLease, nothingAlong } from '../leasing/rows.ts';
import { act, lease, ownership } from '../schema.ts';

/** Guests that are gone for good, by the VM's id; `except` is the incarnation that stands there now. */
export interface Gone {
  readonly vm: string;
  readonly because: EventData<'ownership.ended'>['because'];
  readonly except?: string | undefined;
  /** This one alone. */
  readonly ownership?: string;
  /** Who removed it, if that is known. */
  readonly actor?: string;
}

/**
 * Ends whose a guest was, and its lease, now that the guest itself is gone: whatever stands under its vmid inherits nothing. Adds the
 * events to what is to be appended to the log, whose head is locked last. The same again changes nothing.
 */
export async function endOwnerships(
  tx: Tx,
  log: EventLog,
  along: Along,
  { gone, now }: { readonly gone: readonly Gone[]; readonly now: Date },
): Promise<void> {
  if (gone.length === 0) return;
  const vms = [...new Set(gone.map(({ vm }) => vm))];
  const rows = await tx
    .select()
    .from(ownership)
    .where(and(inArray(ownership.vm, vms), eq(ownership.ended, false)))
    .orderBy(ownership.id)
    .for('update');
  const deleted = await askedToDelete(tx, vms);
  for (const { id, version, ...state } of rows) {
    const isOf = (each: Gone) => each.vm === state.vm && (each.ownership ?? id) === id;
    const found = gone.find((each) => isOf(each) && each.except !== state.incarnation);
    if (found === undefined) continue;
    // Our own request for it is seen by its task too.
    const by = deleted.get(id);
    const actor = by ?? found.actor;
    const more = { time: now, ...(actor !== undefined && { actor }) };
    const because = by === undefined ? found.because : 'deleted';
    for (const fact of end(state, { id, because })) {
      await tx
        .update(ownership)
        .set({ ...evolveOwnership(state, { ...fact, time: now }), version: version + 1 })
        .where(eq(ownership.id, id));
      along.expected.set(fact.subject, version);
      along.events.push({ ...fact, ...more });
    }
  }
  await endLeasesOf(tx, log, along, { vms, now });
}

/** As {@link endOwnerships}, of one guest and with nothing else to append. */
export async function endOwnership(tx: Tx, log: EventLog, gone: Gone): Promise<void> {
  const along = nothingAlong();
  await endOwnerships(tx, log, along, { gone: [gone], now: log.now() });
  if (along.events.length > 0) await log.append(tx, along.events, { expected: along.expected });
}

/** Ends the leases of these VMs whose ownership has ended, by this or before. */
async function endLeasesOf(
  tx: Tx,
  log: EventLog,
  along: Along,
  { vms, now }: { readonly vms: readonly string[]; readonly now: Date },
): Promise<void> {
  const rows = await tx
    .select({ id: lease.id })
    .from(lease)
    .leftJoin(ownership, and(eq(ownership.id, lease.id), eq(ownership.ended, false)))
    .where(and(inArray(lease.vm, [...vms]), eq(lease.over, false), isNull(ownership.id)))
    .orderBy(lease.id);
  for (const { id } of rows) await endLease(tx, log, along, { id, because: 'gone', now });
}

/** Ends a lease early, if it has not ended. */
export async function endLease(
  tx: Tx,
  log: EventLog,
  along: Along,
  { id, because, now }: { id: string; because: EventData<'lease.ended'>['because']; now: Date },
): Promise<void> {
  const locked = await lockLease(tx, log, id);
  if (locked.state?.over !== false) return;
  const { vm, number } = locked.state;
  const data = { lease: id, vm, number, because };
  await changeLease(tx, along, locked, { type: 'lease.ended', data }, { time: now });
}

/**
 * Who asked for the deletion of VMs, by the ownership; of those that Proxmox was asked to delete. Of a request that is over nothing follows: a guest that
 * came back after it has the same ownership.
 */
async function askedToDelete(tx: Tx, vms: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const acts = await tx
    .select({ state: act.state })
    .from(act)
    .where(and(inArray(act.vm, [...vms]), eq(act.open, true)));
  return new Map(
    acts.flatMap(({ state: { what, phase, ownership: of, by } }) =>
      what === 'delete' && of !== undefined && phase !== 'requested' ? [[of, by] as const] : [],
    ),
  );
}
