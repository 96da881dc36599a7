import type { Tx } from '@huismeester/database';
import { type EventLog, lockScopes } from '@huismeester/events';

/**
 * What every command of the team locks before all else: who decides about the team does so one after the other. So several aggregates may be
 * changed in one transaction, and their locks are never in the way of another's.
 */
export const teamScope = 'team';

/** Locks it for a command that reads who is of the team before its aggregate. */
export async function lockTeam(tx: Tx, { service }: Pick<EventLog, 'service'>): Promise<void> {
  await lockScopes(tx, service, [teamScope]);
}
