import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { designEntities } from './design/entities.ts';
import { itemEntities } from './items/entities.ts';
import { policyTextEntities } from './policy-text/entities.ts';
import { stewardEntities } from './stewards/entities.ts';
import { wikiEntities } from './wiki/entities.ts';

/** Everything that a fold of the log would know. */
export async function entitiesOf(tx: Tx): Promise<Entity[]> {
  const kinds = [itemEntities, stewardEntities, designEntities, wikiEntities, policyTextEntities];
  const entities: Entity[] = [];
  for (const entitiesOfKind of kinds) entities.push(...(await entitiesOfKind(tx)));
  return entities;
}
