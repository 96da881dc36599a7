import type { Hold } from '@huismeester/contracts';
import { afterCommit, type Database } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import { type Clock, Problem } from '@huismeester/service';
import { type Hold as Held, longestHoldMs } from './core/hold.ts';
import { guestOf, holdOf, removeHolds, saveHold } from './store.ts';

interface Deps {
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  /** Policy looks anew once it is committed. */
  readonly changed: () => void;
}

/**
 * Puts a VM on hold, or changes the hold that it has. Throws a problem for a VM that is not known, and for a hold
 * longer than the policy allows.
 */
export async function placeHold(
  { database, log, clock, changed }: Deps,
  asked: { vm: string; forMs: number; because: string; by: string },
): Promise<Hold> {
  const { vm, forMs, because, by } = asked;
  if (forMs <= 0 || forMs > longestHoldMs) {
    const found = `${forMs / 3_600_000}h`;
    throw new Problem(400, 'hold-too-long', 'A VM is held for at most 24 hours, and can then be held anew', {
      clause: 'SPACE-3',
      errors: [{ field: 'for', found, allowed: 'more than nothing, at most 24h' }],
    });
  }
  return await database.transaction(async (tx) => {
    if (!(await guestOf(tx, vm))) {
      const title = `There is no VM ${vm} in a pool that settings name; others are left alone anyway`;
      throw new Problem(404, 'no-such-vm', title);
    }
    const since = clock.now().getTime();
    const held: Held = { vm, since, until: since + forMs, because, by };
    const until = new Date(held.until).toISOString();
    await saveHold(tx, held);
    await log.append(tx, [newEvent('hold.placed', `hold/${vm}`, { vm, until, because }, { actor: by })]);
    afterCommit(tx, changed);
    return toResource(held);
  });
}

/** Ends a hold before its time. Throws a problem when there is none. */
export async function releaseHold(
  { database, log, changed }: Deps,
  { vm, by }: { vm: string; by: string },
): Promise<void> {
  await database.transaction(async (tx) => {
    if (!(await holdOf(tx, vm))) throw new Problem(404, 'no-such-hold', `VM ${vm} is not on hold`);
    await removeHolds(tx, [vm]);
    const data = { vm, how: 'released' as const };
    await log.append(tx, [newEvent('hold.released', `hold/${vm}`, data, { actor: by })]);
    afterCommit(tx, changed);
  });
}

/** A hold as REST shows it. */
export function toResource({ vm, since, until, because, by }: Held): Hold {
  return { vm, since: new Date(since).toISOString(), until: new Date(until).toISOString(), because, by };
}
