import type { EventData } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { type Along, changeLease, lockLease } from '../leasing/rows.ts';
import { act, lease, ownership } from '../schema.ts';

/** Ownerships of guests that are gone for good, by the VM's id; `except` is the incarnation that stands there now. */
export interface Gone {
  readonly vm: string;
  readonly because: EventData<'ownership.ended'>['because'];
  readonly except?: string | undefined;
}

/**
 * Ends whose a guest was, and its lease, now that the guest itself is gone: whatever stands under its vmid inherits nothing. Adds the
 * events to what is to be appended to the log, whose head is locked last.
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
  for (const { id, vm, incarnation, version } of rows) {
    const end = gone.find((each) => each.vm === vm && each.except !== incarnation);
    if (end === undefined) continue;
    const ended = { ended: true, offer: null, version: version + 1 };
    await tx.update(ownership).set(ended).where(eq(ownership.id, id));
    const subject = `ownership/${id}`;
    // Our own request for it is seen by its task too.
    const because = deleted.has(id) ? 'deleted' : end.because;
    const data = { ownership: id, vm, because };
    along.expected.set(subject, version);
    along.events.push(newEvent('ownership.ended', subject, data, { time: now }));
  }
  await endLeasesOf(tx, log, along, { vms, now });
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

/** The ownerships of VMs whose deletion a person asked for, and Proxmox was asked. */
async function askedToDelete(tx: Tx, vms: readonly string[]): Promise<ReadonlySet<string>> {
  const acts = await tx
    .select({ state: act.state })
    .from(act)
    .where(inArray(act.vm, [...vms]));
  return new Set(
    acts.flatMap(({ state: { what, phase, ownership: of } }) =>
      what === 'delete' && of !== undefined && phase !== 'requested' && phase !== 'failed' ? [of] : [],
    ),
  );
}
