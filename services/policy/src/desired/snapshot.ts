import type { Snapshot } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { inArray, isNotNull, max } from 'drizzle-orm';
import { desiredState, eventLog } from '../schema.ts';
import { decisionData, decisionSubject } from './events.ts';

/**
 * The newest decision about every VM and node, with all that a reader of the events would know of it: the event of the
 * decision and the chain that it belongs to.
 */
export async function snapshotOf(database: Database, log: EventLog): Promise<Snapshot> {
  return await database.transaction(
    async (tx) => {
      const rows = await tx.select().from(desiredState).where(isNotNull(desiredState.decision));
      const subjects = rows.map(({ state }) => decisionSubject(state.target));
      const found =
        subjects.length === 0
          ? []
          : await tx
              .select({ subject: eventLog.subject, version: max(eventLog.version) })
              .from(eventLog)
              .where(inArray(eventLog.subject, subjects))
              .groupBy(eventLog.subject);
      const versions = new Map(found.map(({ subject, version }) => [subject, version ?? 0]));
      return {
        epoch: log.epoch,
        position: await log.headIn(tx),
        entities: rows.flatMap(({ state: { target, decided }, decision }) => {
          if (!decided || decision === null) return [];
          const subject = decisionSubject(target);
          const { correlationid = decision } = decided;
          const state = { ...decisionData(decided), decision, correlation: correlationid };
          return [{ subject, version: versions.get(subject) ?? 0, state }];
        }),
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
