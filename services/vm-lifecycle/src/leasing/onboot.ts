import type { Database } from '@huismeester/database';
import { and, eq, isNull } from 'drizzle-orm';
import { project } from '../adapters/projection.ts';
import { readGuests } from '../adapters/store.ts';
import type { Guest } from '../core/guest.ts';
import { inspected } from '../core/inspect.ts';
import { idOf, type Target } from '../core/target.ts';
import type { Parts } from '../parts.ts';
import { lease } from '../schema.ts';
import { changeLease, lockLease, nothingAlong, readLeaseOf } from './rows.ts';

/** That a guest's node is to start it, or not, because of its lease. */
export interface OnbootWish {
  readonly guest: Guest;
  /** The lease's id. */
  readonly lease: string;
  readonly onboot: boolean;
  /** We turned it off, or were about to, and so turn it on again. */
  readonly ours: boolean;
}

/**
 * Whether a guest's node is to start it otherwise than it does: off once it was seen off by its lease's end, so that a boot of the node
 * does not begin what has ended, and back once a new lease began, or it has none any more since it is the space's. Undefined: as it is.
 */
export async function readOnbootWish(from: Database['orm'], target: Target): Promise<OnbootWish | undefined> {
  const [record] = await readGuests(from, idOf(target));
  if (record === undefined) return undefined;
  const { guest, history } = record;
  const found = await readLeaseOf(from, guest.id);
  if (found === undefined) return undefined;
  const { id, started, over, onbootBefore } = found;
  const stoppedAt = history.stopped && new Date(history.stopped.at);
  const wish = { guest, lease: id, ours: onbootBefore !== null };
  const isNew = guest.status === 'running' && (stoppedAt === undefined || started >= stoppedAt);
  // One that is no participant's any more has no lease, whether it runs or not.
  const isBack = guest.class !== 'participant' || (isNew && !over);
  if (isBack) return wish.ours ? { ...wish, onboot: true } : undefined;
  if (over || onbootBefore === true) return undefined;
  // What policy wants of it now says nothing of that: it has no say any more since it heard that the guest is off.
  const ended = guest.status === 'stopped' && history.stopped?.tier === 'lease';
  return ended ? { ...wish, onboot: false } : undefined;
}

/**
 * Writes down, before it is asked, that a guest's onboot is about to be turned off: if the process ends or the answer is lost, what is found
 * off afterwards is known to be ours, and is turned on again. No news yet, so no event.
 */
export async function intendOff(
  { database }: Pick<Parts, 'database'>,
  { lease: id }: Pick<OnbootWish, 'lease'>,
): Promise<void> {
  await database.transaction(async (tx) => {
    const untouched = and(eq(lease.id, id), isNull(lease.onbootBefore));
    await tx.update(lease).set({ onbootBefore: false }).where(untouched);
  });
}

/** Takes the intent back: Proxmox was asked, and surely has not done it. */
export async function takeBackOff(
  { database }: Pick<Parts, 'database'>,
  { lease: id }: Pick<OnbootWish, 'lease'>,
): Promise<void> {
  await database.transaction(async (tx) => {
    const intended = and(eq(lease.id, id), eq(lease.onbootBefore, false));
    await tx.update(lease).set({ onbootBefore: null }).where(intended);
  });
}

/** Writes down that it was done, or why it could not be: that stays as it is until the next end, or start, of a lease. */
export async function noteOnboot(
  { database, log, clock }: Pick<Parts, 'database' | 'log' | 'clock'>,
  { guest, lease: id, onboot }: OnbootWish,
  failed?: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    const now = clock.now();
    const [record] = await readGuests(tx, guest.id);
    const traits = record && { ...record.guest, onboot, ha: record.guest.ha ?? false };
    const news = failed === undefined && traits ? inspected(record.guest, traits) : undefined;
    if (news) await project(tx, news, now);
    const along = nothingAlong();
    const locked = await lockLease(tx, log, id);
    if (locked.state) {
      const { vm: of, number } = locked.state;
      const data = { lease: id, vm: of, number, onboot, ...(failed !== undefined && { failed }) };
      const more = { time: now, actor: 'service:vm-lifecycle' };
      await changeLease(tx, along, locked, { type: 'lease.onboot-set', data }, more);
    }
    const facts = news ? [{ ...news, time: now }] : [];
    await log.append(tx, [...facts, ...along.events], { expected: along.expected });
  });
}
