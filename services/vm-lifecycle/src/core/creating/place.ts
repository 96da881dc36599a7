import type { Failure } from './failure.ts';

const bytesOfMib = 1024 * 1024;
const bytesOfGib = 1024 * bytesOfMib;

export interface NodeNow {
  readonly name: string;
  readonly online: boolean;
  /** Bytes. */
  readonly memory?: { readonly used: number; readonly total: number };
}

export interface StorageNow {
  readonly storage: string;
  readonly shared: boolean;
  readonly active: boolean;
  readonly usedBytes?: number;
  readonly totalBytes?: number;
}

/** How much may be in use, in % of what there is. */
interface Reserve {
  readonly memory: number;
  readonly storage: number;
}

interface PlaceAsked {
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly nodes: readonly NodeNow[];
  /** On which nodes it can stand, whatever they have free. */
  readonly possible: readonly string[];
  readonly reserve: Reserve;
}

/** What a hypervisor has, as last measured. */
export interface RoomNow {
  readonly at: Date;
  readonly nodes: readonly NodeNow[];
  /** By the node's name. */
  readonly storages: ReadonlyMap<string, readonly StorageNow[]>;
  /** Where each template for clones stands, and its disk, by the template's id. */
  readonly sources: ReadonlyMap<string, { readonly node: string; readonly own: string }>;
}

/** The online nodes on which something of a template can stand: its own, unless the storages are shared; of a container any, or the one of the settings. */
export function nodesFor(
  { nodes, storages, sources }: RoomNow,
  template: { readonly id: string; readonly kind: 'qemu' | 'lxc'; readonly node?: string | undefined },
  storage: string | undefined,
): string[] {
  const online = nodes.filter((node) => node.online).map(({ name }) => name);
  if (template.kind === 'lxc') return online.filter((name) => (template.node ?? name) === name);
  const source = sources.get(template.id);
  if (source === undefined) return [];
  const here = storages.get(source.node) ?? [];
  const isShared = [source.own, storage ?? source.own].every(
    (name) => here.find((each) => each.storage === name)?.shared === true,
  );
  return isShared ? online : online.filter((name) => name === source.node);
}

/** What is about to be used of memory that was not measured with it; `node` undefined: of one of `possible`. MiB. */
export interface Intended {
  readonly node?: string | undefined;
  readonly possible: readonly string[];
  readonly memoryMib: number;
}

/** How much of each node's memory is spoken for, MiB, by its name; what has no node yet goes where most is free, as it will. */
export function intendedByNode(
  nodes: readonly NodeNow[],
  intended: readonly Intended[],
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const left = (name: string) => {
    const node = nodes.find((each) => each.name === name);
    return (node === undefined ? 0 : free(node)) / bytesOfMib - (sums.get(name) ?? 0);
  };
  for (const { node, possible, memoryMib } of intended) {
    const at = node ?? possible.toSorted((a, b) => left(b) - left(a))[0];
    if (at !== undefined) sums.set(at, (sums.get(at) ?? 0) + memoryMib);
  }
  return sums;
}

/** The online node with most memory free for it, of those that keep their reserve; or why there is none. */
export function placeFor({ memoryMib, nodes, possible, reserve }: PlaceAsked): { node: string } | Failure {
  const usable = nodes.filter(({ name, online }) => online && possible.includes(name));
  if (usable.length === 0) {
    return { failure: 'unreachable', error: `of ${possible.join(', ') || 'no node'} none is online` };
  }
  const fits = usable.filter(({ memory }) => {
    // What is not known is no reason to make nothing.
    return (
      memory === undefined || percent(memory.used + memoryMib * bytesOfMib, memory.total) <= reserve.memory
    );
  });
  const [best] = fits.toSorted((a, b) => free(b) - free(a));
  if (best !== undefined) return { node: best.name };
  const error = `with it more than ${reserve.memory} % of the memory of ${usable.map(({ name }) => name).join(', ')} would be in use`;
  return { failure: 'no-room', error };
}

/** Whether a storage keeps its reserve with a disk more; why not, if it does not. */
export function roomOn(
  storage: StorageNow | undefined,
  { name, diskGib, reserve }: { name: string; diskGib: number; reserve: Reserve },
): Failure | undefined {
  if (storage === undefined)
    return { failure: 'refused', error: `there is no storage ${name} that the create token may use` };
  if (!storage.active) return { failure: 'unreachable', error: `storage ${name} is not active` };
  const { usedBytes, totalBytes } = storage;
  if (usedBytes === undefined || totalBytes === undefined || totalBytes === 0) return undefined;
  if (percent(usedBytes + diskGib * bytesOfGib, totalBytes) <= reserve.storage) return undefined;
  return {
    failure: 'no-room',
    error: `with it more than ${reserve.storage} % of storage ${name} would be in use`,
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

function free({ memory }: NodeNow): number {
  return memory === undefined ? 0 : memory.total - memory.used;
}
