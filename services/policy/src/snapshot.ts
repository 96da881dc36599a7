import type { Snapshot } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Standing } from './core/guest.ts';
import type { NodeStanding } from './core/nodes.ts';
import { nodeStanding, standing } from './schema.ts';
import { nodeSubject } from './write.ts';

/** The newest decision about every VM and node, with the position up to which that is all. */
export async function snapshotOf(database: Database, log: EventLog): Promise<Snapshot> {
  return await database.transaction(
    async (tx) => {
      const guests = await tx.select().from(standing);
      const nodes = await tx.select().from(nodeStanding);
      return {
        epoch: log.epoch,
        position: await log.headIn(tx),
        entities: [
          ...guests.map(({ vm, state, decision }) => entityOf(`desired-state/${vm}`, state, decision)),
          ...nodes.map(({ state, decision }) =>
            entityOf(nodeSubject(state.desired.hypervisor, state.desired.node), state, decision),
          ),
        ],
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

function entityOf(subject: string, { desired }: Pick<Standing | NodeStanding, 'desired'>, decision: string) {
  return { subject, version: desired.generation, state: { ...desired, decision } };
}
