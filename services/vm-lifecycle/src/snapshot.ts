import { nodeId, type Snapshot } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { inArray, max } from 'drizzle-orm';
import { readGuests, readHypervisors, readNodes } from './adapters/store.ts';
import { toResource } from './core/resource.ts';
import { eventLog } from './schema.ts';

/**
 * All VMs, nodes and hypervisors as the events up to one position tell them: a VM's status is what was last said, also
 * while it cannot be seen.
 */
export async function snapshotOf(database: Database, log: EventLog): Promise<Snapshot> {
  return await database.transaction(
    async (tx) => {
      const position = await log.headIn(tx);
      const found = [...(await vms(tx)), ...(await nodes(tx)), ...(await hypervisors(tx))];
      const versions = await versionsOf(
        tx,
        found.map(({ subject }) => subject),
      );
      const entities = found.map((entity) => ({ ...entity, version: versions.get(entity.subject) ?? 0 }));
      return { epoch: log.epoch, position, entities };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

type Entity = Pick<Snapshot['entities'][number], 'subject' | 'state'>;

async function vms(tx: Tx): Promise<Entity[]> {
  const records = await readGuests(tx);
  return records.map((record) => ({ subject: `vm/${record.guest.id}`, state: toResource(record) }));
}

async function nodes(tx: Tx): Promise<Entity[]> {
  const found = await readNodes(tx);
  return found.map((state) => ({ subject: `node/${nodeId(state.hypervisor, state.node)}`, state }));
}

async function hypervisors(tx: Tx): Promise<Entity[]> {
  const found = await readHypervisors(tx);
  return found.map((state) => ({ subject: `hypervisor/${state.id}`, state }));
}

async function versionsOf(tx: Tx, subjects: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx
    .select({ subject: eventLog.subject, version: max(eventLog.version) })
    .from(eventLog)
    .where(inArray(eventLog.subject, [...subjects]))
    .groupBy(eventLog.subject);
  return new Map(rows.map(({ subject, version }) => [subject, version ?? 0]));
}
