import type { Snapshot } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import type { EventLog, EventTables } from '@huismeester/events';
import { inArray, max } from 'drizzle-orm';

type Whole = Snapshot['entities'][number];

/** An entity of a snapshot; without a version it gets that of its subject's newest event. */
export type Entity = Omit<Whole, 'version'> & { readonly version?: number };

/** All entities at one position of the log, each with the version of its newest event. */
export async function takeSnapshot(
  { database, log, tables }: { database: Database; log: EventLog; tables: Pick<EventTables, 'eventLog'> },
  entities: (tx: Tx) => Promise<readonly Entity[]>,
): Promise<Snapshot> {
  return await database.transaction(
    async (tx) => {
      const position = await log.headIn(tx);
      const found = await entities(tx);
      const versionless = found.flatMap(({ subject, version }) => (version === undefined ? [subject] : []));
      const versions = await versionsOf(tx, tables, versionless);
      return {
        epoch: log.epoch,
        position,
        entities: found.map((each) => ({
          ...each,
          version: each.version ?? versions.get(each.subject) ?? 0,
        })),
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function versionsOf(
  tx: Tx,
  { eventLog }: Pick<EventTables, 'eventLog'>,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  if (subjects.length === 0) return new Map();
  const rows = await tx
    .select({ subject: eventLog.subject, version: max(eventLog.version) })
    .from(eventLog)
    .where(inArray(eventLog.subject, [...subjects]))
    .groupBy(eventLog.subject);
  return new Map(rows.map(({ subject, version }) => [subject, version ?? 0]));
}
