import type { Grant } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Access } from '@huismeester/service';
import { grant } from '../schema.ts';
import type { PersonRow } from './person-rows.ts';

/** What follows for every process: who may do what, what was granted to members on trial (JOIN-3), and who is logged out. */
export async function saveAccess(tx: Tx, { people }: Access, rows: readonly PersonRow[]): Promise<void> {
  const isOut = (row: PersonRow) => row.goneAt !== null || !row.enabled;
  await people.remove(
    tx,
    rows.filter(isOut).map(({ id }) => id),
  );
  const granted = await tx.select().from(grant).orderBy(grant.id);
  const grantsOf = (person: string): Grant[] =>
    granted.flatMap((each) =>
      each.person === person
        ? [{ on: each.on, until: each.until.toISOString(), ...(each.core && { core: true }) }]
        : [],
    );
  await people.save(
    tx,
    rows.filter((row) => !isOut(row)).map((row) => ({ ...row, grants: grantsOf(row.id) })),
  );
}
