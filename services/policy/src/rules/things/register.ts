import type { Facts } from '../../facts/index.ts';
import { type ItemFact, isInUse } from '../../facts/item.ts';
import type { VmClass } from '../../facts/vm.ts';

type Known = Pick<Facts, 'item' | 'vm' | 'project'>;

/** The item of the register that stands for each thing, retired ones left out: they count nowhere. */
export function itemsByThing(item: Facts['item']): ReadonlyMap<string, ItemFact> {
  const found = new Map<string, ItemFact>();
  for (const each of item.values()) {
    if (each.standsFor !== undefined && each.life !== 'retired') found.set(each.standsFor, each);
  }
  return found;
}

/** For what an item is core: as somebody said, and for availability where it stands for a VM of core (CORE-1, CORE-2). */
export function coreFor(
  item: ItemFact,
  vm: Facts['vm'],
): { availability: boolean; confidentiality: boolean } {
  const { core } = item;
  return {
    availability: core === 'availability' || core === 'both' || vmClass(item, vm) === 'core',
    confidentiality: core === 'confidentiality' || core === 'both',
  };
}

/** Whether an item is in use and core for anything. */
export function isCoreInUse(item: ItemFact, vm: Facts['vm']): boolean {
  const core = coreFor(item, vm);
  return isInUse(item) && (core.availability || core.confidentiality);
}

/** Whether it serves the whole space: as somebody said, or by the class of its VM or its project (SPACE-1). */
export function isSpaceWide(item: ItemFact, { vm, project }: Known): boolean {
  const of = item.project === undefined ? undefined : project.get(item.project);
  return item.spaceWide || vmClass(item, vm) === 'space-wide' || of?.class === 'space-wide';
}

/** The VM that an item stands for; undefined: none, or none that is seen. */
export function vmOf({ standsFor }: Pick<ItemFact, 'standsFor'>, vm: Facts['vm']) {
  return standsFor?.startsWith('vm/') ? vm.get(standsFor.slice(3)) : undefined;
}

function vmClass(item: ItemFact, vm: Facts['vm']): VmClass | undefined {
  return vmOf(item, vm)?.class;
}
