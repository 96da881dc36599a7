import type { Database, Tx } from '@huismeester/database';
import { and, eq, sql } from 'drizzle-orm';
import type { ForPerson } from '../core/attribution.ts';
import type { Guest } from '../core/guest.ts';
import { act, creation } from '../schema.ts';

type Reader = Database['orm'] | Tx;
type Known = Pick<Guest, 'id' | 'hypervisor' | 'vmid'>;

/** The tasks of what people asked of a VM through us, its making included, whatever became of them. */
export async function readForPeople(from: Reader, guest: Known): Promise<ForPerson[]> {
  return [...(await readActs(from, guest)), ...(await readStart(from, guest))];
}

/** The start that a creation asked for, done or under way; its UPID is not known while the answer to it is awaited. */
async function readStart(from: Reader, { hypervisor, vmid }: Known): Promise<ForPerson[]> {
  const rows = await from
    .select({ owner: creation.owner, open: creation.open, state: creation.state })
    .from(creation)
    .where(and(eq(creation.hypervisor, hypervisor), eq(creation.vmid, vmid)));
  return rows.flatMap(({ owner, open, state: { step, startUpid: upid } }) =>
    upid === undefined && !(open && step === 'starting') ? [] : [{ upid, by: `person:${owner}` }],
  );
}

async function readActs(from: Reader, { id }: Known): Promise<ForPerson[]> {
  const upid = sql<string | null>`${act.state} ->> 'upid'`;
  const by = sql<string | null>`${act.state} ->> 'by'`;
  const isStart = sql<boolean>`${act.state} ->> 'what' = 'start'`;
  const rows = await from.select({ upid, by, isStart, open: act.open }).from(act).where(eq(act.vm, id));
  // Of a start that is under way, and whose answer was lost, the task is not known yet.
  return rows.flatMap((row) =>
    row.by === null || (row.upid === null && !(row.open && row.isStart))
      ? []
      : [{ upid: row.upid ?? undefined, by: row.by }],
  );
}
