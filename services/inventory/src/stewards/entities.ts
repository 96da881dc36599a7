import type { StewardEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { steward } from '../schema.ts';

/** What a fold of the log knows of stewards and learners; one that was removed is not among them. */
export async function stewardEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(steward);
  return rows.map((row) => ({
    subject: `steward/${row.id}`,
    version: row.version,
    state: stewardEntity(row),
  }));
}

function stewardEntity(row: typeof steward.$inferSelect): StewardEntity {
  const { id, item, person, role, since, confirmedAt } = row;
  return {
    steward: id,
    item,
    person,
    role,
    since: since.toISOString(),
    confirmed_at: confirmedAt.toISOString(),
  };
}
