import type { Snapshot } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { inArray, max } from 'drizzle-orm';
import { readGuests, readHypervisors, readNodes } from './adapters/store.ts';
import { nodeEntity, vmEntity } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { eventLog } from './schema.ts';

/**
 * All VMs, nodes and hypervisors as the events up to one position have them: a VM's status is what was last reported,
 * also while it cannot be seen, and what was asked of it stands beside that (core/history.ts).
 */
export async function snapshotOf(database: Database, log: EventLog): Promise<Snapshot> {
  return await database.transaction(
    async (tx) => {
      const position = await log.headIn(tx);
      const found = await entitiesOf(tx);
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

async function entitiesOf(tx: Tx): Promise<Pick<Snapshot['entities'][number], 'subject' | 'state'>[]> {
  const guests = await readGuests(tx);
  const nodes = await readNodes(tx);
  const hypervisors = await readHypervisors(tx);
  return [
    ...guests.map((record) => ({ subject: guestTarget(record.guest.id), state: vmEntity(record) })),
    ...nodes.map((record) => ({ subject: nodeTarget(record.node.id), state: nodeEntity(record) })),
    ...hypervisors.map((state) => ({ subject: `hypervisor/${state.id}`, state })),
  ];
}

async function versionsOf(tx: Tx, subjects: readonly string[]): Promise<Map<string, number>> {
  const found = await tx
    .select({ subject: eventLog.subject, version: max(eventLog.version) })
    .from(eventLog)
    .where(inArray(eventLog.subject, [...subjects]))
    .groupBy(eventLog.subject);
  return new Map(found.map(({ subject, version }) => [subject, version ?? 0]));
}
