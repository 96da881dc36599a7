import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { itemEntities } from './items/entities.ts';
import { stewardEntities } from './stewards/entities.ts';

/** Everything that a fold of the log would know. */
export async function entitiesOf(tx: Tx): Promise<Entity[]> {
  return [...(await itemEntities(tx)), ...(await stewardEntities(tx))];
}
