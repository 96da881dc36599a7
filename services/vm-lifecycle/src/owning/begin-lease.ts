import { eq } from 'drizzle-orm';
import { beginLease } from '../leasing/begin.ts';
import { nothingAlong } from '../leasing/rows.ts';
import type { Parts } from '../parts.ts';
import { ownership, vm } from '../schema.ts';
import type { AfterTakeOver } from './take-over.ts';
import { ofThisIncarnation } from './whose.ts';

/** A participant's VM that runs when it gets its first owner begins a lease; one that has a lease keeps it (PART-4). */
export function beginLeaseOf({ database, log, leaseMs }: Parts): AfterTakeOver {
  return async (id) => {
    await database.transaction(async (tx) => {
      const [found] = await tx
        .select({ vm })
        .from(vm)
        .innerJoin(ownership, ofThisIncarnation)
        .where(eq(ownership.id, id))
        .for('update', { of: vm });
      if (found?.vm.status !== 'running') return;
      const along = nothingAlong();
      await beginLease(tx, log, along, {
        id: found.vm.id,
        how: 'adopted',
        now: log.now(),
        lengthMs: leaseMs,
        ifNone: true,
      });
      if (along.events.length > 0) await log.append(tx, along.events, { expected: along.expected });
    });
  };
}
