import type { Database, Tx } from '@huismeester/database';
import { eq, sql } from 'drizzle-orm';
import type { ForPerson } from '../core/attribution.ts';
import { act } from '../schema.ts';

/** The tasks of what people asked of a VM through us, whatever became of them. */
export async function readForPeople(from: Database['orm'] | Tx, vm: string): Promise<ForPerson[]> {
  const upid = sql<string | null>`${act.state} ->> 'upid'`;
  const by = sql<string | null>`${act.state} ->> 'by'`;
  const isStart = sql<boolean>`${act.state} ->> 'what' = 'start'`;
  const rows = await from.select({ upid, by, isStart, open: act.open }).from(act).where(eq(act.vm, vm));
  // Of a start that is under way, and whose answer was lost, the task is not known yet.
  return rows.flatMap((row) =>
    row.by === null || (row.upid === null && !(row.open && row.isStart))
      ? []
      : [{ upid: row.upid ?? undefined, by: row.by }],
  );
}
