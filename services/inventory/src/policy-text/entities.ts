import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { policyText } from '../schema.ts';

/** What was last read of the infra policy; nothing before that. */
export async function policyTextEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(policyText);
  return rows.map(({ id, version, read }) => ({ subject: `policy-text/${id}`, version, state: read }));
}
