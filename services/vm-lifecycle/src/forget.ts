import type { Database } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { notInArray } from 'drizzle-orm';
import { desiredNode, hypervisor, node, nodeRequest, vm } from './schema.ts';

/** Says of the VMs of hypervisors that the settings no longer name that they are unlisted; answers their ids. */
export async function unlistForgotten(
  database: Database,
  log: EventLog,
  hypervisors: readonly string[],
  clock: Clock,
): Promise<string[]> {
  const others = (
    column:
      | typeof vm.hypervisor
      | typeof node.hypervisor
      | typeof desiredNode.hypervisor
      | typeof nodeRequest.hypervisor
      | typeof hypervisor.id,
  ) => (hypervisors.length === 0 ? undefined : notInArray(column, [...hypervisors]));
  return await database.transaction(async (tx) => {
    const gone = await tx.delete(vm).where(others(vm.hypervisor)).returning({ id: vm.id });
    await tx.delete(node).where(others(node.hypervisor));
    await tx.delete(desiredNode).where(others(desiredNode.hypervisor));
    await tx.delete(nodeRequest).where(others(nodeRequest.hypervisor));
    await tx.delete(hypervisor).where(others(hypervisor.id));
    const time = clock.now();
    const ids = gone.map(({ id }) => id);
    const news = ids.map((id) => newEvent('vm.unlisted', `vm/${id}`, { vm: id }, { time }));
    if (news.length > 0) await log.append(tx, news);
    return ids;
  });
}
