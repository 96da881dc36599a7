import type { Tx } from '@huismeester/database';
import type { Service } from '@huismeester/service';
import type { Items } from '../core/graph.ts';
import type { Item } from '../core/item.ts';
import type { World } from '../core/world.ts';
import type { Outside, Reader } from '../ports.ts';
import { item } from '../schema.ts';

/** What commands about items need. */
export type ItemDeps = Pick<Service<never>, 'log' | 'access'> & { readonly outside: Outside };

/** All that a decision about items goes by, the items left out. */
export async function readAround(
  tx: Tx,
  { outside, access }: Pick<ItemDeps, 'outside' | 'access'>,
): Promise<Omit<World, 'items'>> {
  return {
    things: await outside.things(tx),
    needs: await outside.needs(tx),
    people: await access.people.roles(tx),
  };
}

/** All items, by id. */
export async function readItems(tx: Reader): Promise<Items> {
  const rows = await tx.select().from(item);
  return new Map(rows.map(({ id, version: _, ...state }): [string, Item] => [id, state]));
}
