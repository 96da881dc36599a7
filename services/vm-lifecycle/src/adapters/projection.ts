import type { EventOf } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import type { Fact } from '../core/guest.ts';
import { desired, hypervisor, node, vm } from '../schema.ts';

/** Brings the tables in line with what a look at a hypervisor told, in the transaction that appends it to the log. */
export async function project(tx: Tx, fact: Fact, now: Date): Promise<void> {
  switch (fact.type) {
    case 'vm.found':
      return insertGuest(tx, fact.data, now);
    case 'vm.unlisted':
      await tx.delete(vm).where(eq(vm.id, fact.data.vm));
      // What was wanted of it must not be done to whatever has its id when it is found again.
      await tx.delete(desired).where(eq(desired.vm, fact.data.vm));
      return;
    case 'vm.renamed':
      return setGuest(tx, fact.data.vm, { name: fact.data.name });
    case 'vm.reclassified':
      return setGuest(tx, fact.data.vm, { class: fact.data.to, pool: fact.data.pool });
    case 'vm.inspected': {
      const { onboot, agent, ha } = fact.data;
      return setGuest(tx, fact.data.vm, { onboot, agent: agent ?? null, ha });
    }
    case 'vm.moved':
      return setGuest(tx, fact.data.vm, { node: fact.data.node });
    case 'node.online':
    case 'node.offline':
      return saveNode(tx, fact.subject.slice('node/'.length), fact.data, fact.type === 'node.online', now);
    case 'hypervisor.reachable':
      return saveHypervisor(tx, fact.data.hypervisor, {
        reachable: true,
        quorate: fact.data.quorate,
        since: now,
      });
    case 'hypervisor.unreachable':
      return saveHypervisor(tx, fact.data.hypervisor, { reachable: false, since: now });
    case 'hypervisor.quorum-changed':
      return saveHypervisor(tx, fact.data.hypervisor, { quorate: fact.data.quorate });
    default:
      throw new TypeError(`${fact.type} does not come from looking at a hypervisor`);
  }
}

async function insertGuest(tx: Tx, data: EventOf<'vm.found'>['data'], now: Date): Promise<void> {
  const { vm: id, running, ...rest } = data;
  await tx.insert(vm).values({ id, ...rest, status: running ? 'running' : 'stopped', changedAt: now });
}

async function setGuest(tx: Tx, id: string, change: Partial<typeof vm.$inferInsert>): Promise<void> {
  await tx.update(vm).set(change).where(eq(vm.id, id));
}

async function saveNode(
  tx: Tx,
  id: string,
  data: { hypervisor: string; node: string },
  online: boolean,
  since: Date,
): Promise<void> {
  await tx
    .insert(node)
    // At first sight it did not come back from anything.
    .values({ id, ...data, online, since: new Date(0) })
    .onConflictDoUpdate({ target: node.id, set: { online, since } });
}

async function saveHypervisor(
  tx: Tx,
  id: string,
  change: Partial<Omit<typeof hypervisor.$inferInsert, 'id'>>,
): Promise<void> {
  const set = { ...change };
  const first = { id, reachable: false, quorate: false, ...change, since: new Date(0) };
  await tx.insert(hypervisor).values(first).onConflictDoUpdate({ target: hypervisor.id, set });
}
