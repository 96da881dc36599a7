import { type CoreFor, coreFor, isInUse } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { VmClass } from '../../facts/vm.ts';

type Known = Pick<Facts, 'vm' | 'project'>;

/** The item of the register that stands for each thing, retired ones left out: they count nowhere. */
export function itemsByThing(item: Facts['item']): ReadonlyMap<string, ItemFact> {
  const found = new Map<string, ItemFact>();
  for (const each of item.values()) {
    if (each.standsFor !== undefined && each.life !== 'retired') found.set(each.standsFor, each);
  }
  return found;
}

/** For what an item is core: as somebody said, and for availability where its VM or its project is core (CORE-1, CORE-2, SPACE-8). */
export function coreOf(item: ItemFact, { vm, project }: Known): CoreFor[] {
  return coreFor(item, { vmClass: vmClass(item, vm), projectClass: projectClass(item, project) });
}

/** Whether an item is in use and core for anything. */
export function isCoreInUse(item: ItemFact, known: Known): boolean {
  return isInUse(item) && coreOf(item, known).length > 0;
}

/** Whether it serves the whole space: as somebody said, or by the class of its VM or its project (SPACE-1). */
export function isSpaceWide(item: ItemFact, { vm, project }: Known): boolean {
  return item.spaceWide || vmClass(item, vm) === 'space-wide' || projectClass(item, project) === 'space-wide';
}

/** The VM that an item stands for; undefined: none, or none that is seen. */
export function vmOf({ standsFor }: Pick<ItemFact, 'standsFor'>, vm: Facts['vm']) {
  return standsFor?.startsWith('vm/') ? vm.get(standsFor.slice(3)) : undefined;
}

function vmClass(item: ItemFact, vm: Facts['vm']): VmClass | undefined {
  return vmOf(item, vm)?.class;
}

function projectClass({ project: id }: ItemFact, project: Facts['project']): VmClass | undefined {
  return id === undefined ? undefined : project.get(id)?.class;
}
