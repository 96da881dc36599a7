import { newEvent } from '@huismeester/events';
import type { Service } from '@huismeester/service';
import { inArray, notInArray } from 'drizzle-orm';
import { removeGuests } from '../adapters/projection.ts';
import { guestTarget, nodeTarget } from '../core/target.ts';
import { desired, hypervisor, node, request, vm } from '../schema.ts';

/** Reports the VMs of hypervisors that the settings no longer name as unlisted; answers their ids. */
export async function unlistForgotten({
  database,
  log,
  clock,
  settings,
}: Service<'hypervisors'>): Promise<string[]> {
  const known = settings.hypervisors.map(({ id }) => id);
  const others = (column: typeof vm.hypervisor | typeof node.hypervisor | typeof hypervisor.id) =>
    notInArray(column, known);
  return await database.transaction(async (tx) => {
    const guests = await tx.select({ id: vm.id }).from(vm).where(others(vm.hypervisor));
    const ids = guests.map(({ id }) => id);
    const nodes = await tx.delete(node).where(others(node.hypervisor)).returning({ id: node.id });
    const targets = nodes.map(({ id }) => nodeTarget(id));
    await tx.delete(desired).where(inArray(desired.target, targets));
    await tx.delete(request).where(inArray(request.target, targets));
    await tx.delete(hypervisor).where(others(hypervisor.id));
    await removeGuests(tx, ids);
    const time = clock.now();
    const news = ids.map((id) => newEvent('vm.unlisted', guestTarget(id), { vm: id }, { time }));
    if (news.length > 0) await log.append(tx, news);
    return ids;
  });
}
