import type { Tx } from '@huismeester/database';
import type { Access } from '@huismeester/service';
import type { PersonRow } from './person-rows.ts';

/** What follows for every process: who may do what, and who is logged out. */
export async function saveAccess(tx: Tx, { people }: Access, rows: readonly PersonRow[]): Promise<void> {
  const isOut = (row: PersonRow) => row.goneAt !== null || !row.enabled;
  await people.remove(
    tx,
    rows.filter(isOut).map(({ id }) => id),
  );
  await people.save(
    tx,
    rows.filter((row) => !isOut(row)),
  );
}
