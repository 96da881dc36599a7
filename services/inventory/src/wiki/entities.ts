import type { WikiEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { wiki } from '../schema.ts';

/** Whether the wiki answers; nothing before it was first asked. */
export async function wikiEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(wiki);
  return rows.map(({ id, version, state: so, since, why }) => {
    const state: WikiEntity = { state: so, since: since.toISOString(), ...(why !== null && { why }) };
    return { subject: `wiki/${id}`, version, state };
  });
}
