import { nodeId, softwareKinds } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';

/** What is known of what runs on what: the register, and where VMs are now. */
export interface Places extends Pick<Facts, 'item' | 'vm' | 'node'> {
  readonly byThing: ReadonlyMap<string, ItemFact>;
  /** Something of the register is not seen: what is not in it may be registered all the same. */
  readonly isIncomplete: boolean;
  /** Ids of the nodes of each hypervisor. */
  readonly nodesOf: ReadonlyMap<string, readonly string[]>;
}

/** A piece of hardware that something runs on. */
export interface Hardware {
  /** `node/pve-pve2`, `switch/sw1` or `item/nas`. */
  readonly thing: string;
  /** Of the register, if it is there. */
  readonly item?: ItemFact;
  /** Ids of the events that say that it runs there: the VM's last move, and what was last said of the item. */
  readonly evidence: readonly string[];
}

/** What something runs on now, itself if it is hardware. `unseen`: not all that this follows from is seen. */
export interface RunsOn {
  readonly hardware: readonly Hardware[];
  readonly unseen: boolean;
}

/** Ids of the nodes of each hypervisor, for `Places`. */
export function nodesByHypervisor(node: Facts['node']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, hypervisor } of node.values()) {
    found.set(hypervisor, [...(found.get(hypervisor) ?? []), id]);
  }
  return found;
}

/**
 * The hardware that something is on now (CORE-6): of a VM the node it was last seen on, of a hypervisor all of its nodes, and of each what was entered that it
 * runs on, storage included, to the end. A node that is away keeps its last word. What has none below it is named itself: nobody said what it runs
 * on, unless it was said whose it is (hosting that is rented as such).
 */
export function hardwareOf(start: string, places: Places): RunsOn {
  const hardware: Hardware[] = [];
  let unseen = false;
  const seen = new Set([start]);
  const queue: { readonly thing: string; readonly evidence: readonly string[] }[] = [
    { thing: start, evidence: [] },
  ];
  for (const { thing, evidence } of queue) {
    const found = below(thing, places);
    unseen ||= found.unseen;
    const said = [...evidence, ...found.evidence];
    if (found.isHardware || found.next.length === 0) {
      const { item } = found;
      const own = item?.saidBy === undefined || said.includes(item.saidBy) ? [] : [item.saidBy];
      hardware.push({ thing, ...(item && { item }), evidence: [...said, ...own] });
    }
    for (const next of found.next) {
      if (!seen.has(next)) queue.push({ thing: next, evidence: said });
      seen.add(next);
    }
  }
  return { hardware, unseen };
}

interface Below {
  readonly item?: ItemFact;
  readonly isHardware: boolean;
  readonly next: readonly string[];
  readonly evidence: readonly string[];
  readonly unseen: boolean;
}

function below(thing: string, places: Places): Below {
  const [kind = '', id = ''] = thing.split('/');
  const item = kind === 'item' ? registered(places.item.get(id)) : places.byThing.get(thing);
  const entered = (item?.links ?? []).flatMap(({ kind, to }) =>
    kind === 'runs-on' && !isRetired(to, places) ? [to] : [],
  );
  const base = {
    ...(item && { item }),
    evidence: [],
    unseen: item ? item.unseen === true : places.isIncomplete,
    isHardware: false,
  };
  if (kind === 'vm') return belowVm(id, entered, base, places);
  if (kind === 'hypervisor') {
    const nodes = (places.nodesOf.get(id) ?? []).map((each) => `node/${each}`);
    // One that nobody ever read may run on anything.
    return { ...base, next: [...nodes, ...entered], unseen: base.unseen || nodes.length === 0 };
  }
  // An item that stands for something is that thing.
  if (kind === 'item' && item?.standsFor !== undefined) return { ...base, next: [item.standsFor] };
  // A probe looks at anything: what that is, its item says.
  const isAnyway = kind === 'node' || kind === 'switch' || kind === 'ups';
  return { ...base, next: entered, isHardware: isAnyway || (item !== undefined && !isOfSoftware(item)) };
}

function belowVm(
  id: string,
  entered: readonly string[],
  base: Omit<Below, 'next'>,
  { vm, node }: Places,
): Below {
  const guest = vm.get(id);
  if (guest === undefined) return { ...base, next: entered, unseen: true };
  const at = node.get(`${guest.hypervisor}/${guest.node}`)?.id ?? nodeId(guest.hypervisor, guest.node);
  return {
    ...base,
    next: [`node/${at}`, ...entered],
    evidence: guest.placedBy === undefined ? [] : [guest.placedBy],
    unseen: base.unseen || guest.unseen === true,
  };
}

/** Nothing runs on what is retired, though somebody who linked to it has not taken that out. */
function isRetired(target: string, { item }: Pick<Places, 'item'>): boolean {
  return target.startsWith('item/') && item.get(target.slice('item/'.length))?.life === 'retired';
}

function registered(item: ItemFact | undefined): ItemFact | undefined {
  return item?.life === 'retired' ? undefined : item;
}

function isOfSoftware({ kind }: Pick<ItemFact, 'kind'>): boolean {
  return softwareKinds.some((each) => each === kind);
}
