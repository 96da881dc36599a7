import type { ItemEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { item } from '../schema.ts';

/** What a fold of the log knows of items, retired ones included. */
export async function itemEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(item);
  return rows.map((row) => ({ subject: `item/${row.id}`, version: row.version, state: itemEntity(row) }));
}

function itemEntity({ id, since, fields, links }: typeof item.$inferSelect): ItemEntity {
  return { item: id, ...fields, since: since.toISOString(), links: [...links] };
}
