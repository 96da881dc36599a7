import type { PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { inArray } from 'drizzle-orm';
import { reason } from '../schema.ts';

/**
 * Keeps why somebody did something about a member, under the id that its event refers to. Texts stand outside the log, are read by full members and
 * the board alone, and are erased after a year (JOIN-2).
 */
export async function keepReason(
  tx: Pick<Tx, 'insert'>,
  row: { readonly id: string; readonly by: PersonId; readonly at: Date; readonly text: string },
): Promise<void> {
  await tx.insert(reason).values(row);
}

/** The texts of these reasons, by their ids; without those that were erased. */
export async function readReasons(
  tx: Pick<Tx, 'select'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(reason)
    .where(inArray(reason.id, [...ids]));
  return new Map(rows.map(({ id, text }) => [id, text]));
}
