import type { PolicyTextEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { policyText } from '../schema.ts';

/** What was last read of the infra policy; nothing before the first look that brought something. */
export async function policyTextEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(policyText);
  return rows.map(({ id, version, read, gone, unknown }) => {
    const state: PolicyTextEntity = {
      ...(read && { read }),
      ...(gone && { gone }),
      ...(unknown && { unknown }),
    };
    return { subject: `policy-text/${id}`, version, state };
  });
}
