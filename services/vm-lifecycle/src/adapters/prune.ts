import type { Database } from '@huismeester/database';
import { createLoop } from '@huismeester/events';
import type { Going, Service } from '@huismeester/service';
import { and, eq, exists, lt, not, sql } from 'drizzle-orm';
import { act, creation, ownership } from '../schema.ts';

const everyMs = 3_600_000;

/**
 * Removes what people asked, and what was made, once it has been over for as long as the log is kept. What still says something of a guest that is
 * there stays: how it was made and resized, by which it is seen where Proxmox differs.
 */
export function pruneRows(
  { database, clock, logger }: Pick<Service<never>, 'database' | 'clock' | 'logger'>,
  retentionMs: number,
): Going {
  const loop = createLoop({
    everyMs,
    pass: async () => {
      await removeOld(database, new Date(clock.now().getTime() - retentionMs));
      return undefined;
    },
    onError: (error) => logger.warn({ err: error }, 'what is over could not be removed; it is tried again'),
    clock,
  });
  return { start: loop.start, close: loop.close };
}

/** Removes acts and creations that were over before then. */
export async function removeOld({ orm }: Pick<Database, 'orm'>, before: Date): Promise<void> {
  const isThere = and(eq(ownership.ended, false), eq(ownership.id, sql`${act.state} ->> 'ownership'`));
  const resized = and(
    sql`${act.state} ->> 'what' = 'resize'`,
    sql`${act.state} ->> 'phase' = 'done'`,
    exists(orm.select({ id: ownership.id }).from(ownership).where(isThere)),
  );
  const limit = before.toISOString();
  const isOld = lt(sql`${act.state} ->> 'endedAt'`, limit);
  await orm.delete(act).where(and(eq(act.open, false), isOld, not(resized ?? sql`false`)));
  const isMade = and(
    eq(ownership.ended, false),
    eq(ownership.hypervisor, creation.hypervisor),
    eq(ownership.vmid, creation.vmid),
    eq(ownership.incarnation, sql`${creation.state} ->> 'incarnation'`),
  );
  await orm
    .delete(creation)
    .where(
      and(
        eq(creation.open, false),
        lt(sql`${creation.state} -> 'steps' -> -1 ->> 'at'`, limit),
        not(exists(orm.select({ id: ownership.id }).from(ownership).where(isMade))),
      ),
    );
}
