import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { isNotNull } from 'drizzle-orm';
import { desiredState } from '../schema.ts';
import { decisionData, decisionSubject } from './events.ts';

/**
 * The newest decision about every VM and node, with all that a reader of the events would know of it: the event of the
 * decision and the chain that it belongs to.
 */
export async function desiredEntities(tx: Tx): Promise<Entity[]> {
  const rows = await tx.select().from(desiredState).where(isNotNull(desiredState.decision));
  return rows.flatMap(({ state: { target, decided }, decision }) => {
    if (!decided || decision === null) return [];
    const { correlationid = decision } = decided;
    const state = { ...decisionData(decided), decision, correlation: correlationid };
    return [{ subject: decisionSubject(target), state }];
  });
}
