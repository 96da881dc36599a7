import type { Database, Tx } from '@huismeester/database';
import { eq, sql } from 'drizzle-orm';
import type { ForPerson } from '../core/attribution.ts';
import { act } from '../schema.ts';

/** The tasks of what people asked of a VM through us, whatever became of them. */
export async function readForPeople(from: Database['orm'] | Tx, vm: string): Promise<ForPerson[]> {
  const upid = sql<string | null>`${act.state} ->> 'upid'`;
  const by = sql<string | null>`${act.state} ->> 'by'`;
  const rows = await from.select({ upid, by }).from(act).where(eq(act.vm, vm));
  return rows.flatMap((row) =>
    row.upid === null || row.by === null ? [] : [{ upid: row.upid, by: row.by }],
  );
}
