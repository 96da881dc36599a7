import type { DesignDecisionEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { designDecision } from '../schema.ts';

/** What a fold of the log knows of design decisions. */
export async function designEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(designDecision);
  return rows.map(({ id, version, since, fields, read, unknown }) => {
    const state: DesignDecisionEntity = {
      decision: id,
      ...fields,
      since: since.toISOString(),
      ...(read && { read }),
      ...(unknown && { unknown }),
    };
    return { subject: `design-decision/${id}`, version, state };
  });
}
