import { eq } from 'drizzle-orm';
import { beginLease } from '../leasing/begin.ts';
import { nothingAlong } from '../leasing/rows.ts';
import type { Parts } from '../parts.ts';
import { ownership, vm } from '../schema.ts';
import type { AfterTakeOver } from './take-over.ts';

/** A participant's VM that runs when it gets its first owner begins a lease; one that has a lease keeps it (PART-4). */
export function beginLeaseOf({ database, log, leaseMs: lengthMs }: Parts): AfterTakeOver {
  return async (id) => {
    await database.transaction(async (tx) => {
      const [owned] = await tx.select({ vm: ownership.vm }).from(ownership).where(eq(ownership.id, id));
      if (owned === undefined) return;
      const [found] = await tx.select().from(vm).where(eq(vm.id, owned.vm)).for('update');
      if (found?.status !== 'running') return;
      const along = nothingAlong();
      const beginning = { how: 'adopted', now: log.now(), lengthMs, ifNone: true } as const;
      await beginLease(tx, log, along, { id: found.id, ...beginning });
      if (along.events.length > 0) await log.append(tx, along.events, { expected: along.expected });
    });
  };
}
