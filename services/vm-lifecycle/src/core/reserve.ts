import { type No, no } from '@huismeester/contracts';
import type { Failure } from './creating/failure.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

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

/** What a hypervisor has, as last measured; nothing of what could not be. */
export interface Readings {
  readonly at: Date;
  readonly nodes: readonly NodeNow[];
  /** By the node's name. */
  readonly storages: ReadonlyMap<string, readonly StorageNow[]>;
}

/** To which share nodes and storages may be used, %. */
export interface Reserve {
  readonly memory: number;
  readonly storage: number;
}

/** What is about to be used, and was not measured with the rest: of what is being made, and of what people asked. MiB, GiB. */
export interface Intended {
  /** Undefined where it has none yet: it will be one of `possible`. */
  readonly node?: string | undefined;
  readonly possible: readonly string[];
  readonly memoryMib: number;
  /** Undefined: it may be any of its node. */
  readonly storage?: string | undefined;
  readonly diskGib: number;
}

/** How much more is to be used. */
export interface AskedRoom {
  readonly memoryMib: number;
  readonly storage?: string | undefined;
  readonly diskGib: number;
}

interface Known {
  readonly readings: Readings;
  readonly intended: readonly Intended[];
  readonly reserve: Reserve;
}

/**
 * Why more would go into the reserve of a node or of a storage there; undefined when it does not, or when nothing is known of it: what cannot be
 * measured is refused by Proxmox itself, if at all. `mayStop`: what runs on the node, and would make room.
 */
export function overReserve(
  known: Known,
  { node, ...asked }: AskedRoom & { readonly node: string },
  mayStop: readonly string[] = [],
): No | undefined {
  return storageOver(known, node, asked) ?? memoryOver(known, node, { asked: asked.memoryMib, mayStop });
}

/**
 * The node on which most memory is free for it, of those that are online and keep their reserve; or why there is none. The one rule by which it is
 * judged before something is asked for, and where it is made.
 */
export function placeFor(
  known: Known,
  asked: AskedRoom & { readonly possible: readonly string[] },
): { readonly node: string } | Failure {
  const { possible } = asked;
  const usable = known.readings.nodes.filter(({ name, online }) => online && possible.includes(name));
  if (usable.length === 0)
    return { failure: 'unreachable', error: `of ${possible.join(', ') || 'no node'} none is online` };
  const placed = withNodes(known);
  const judged = usable.map(({ name }) => ({ name, over: overReserve(known, { ...asked, node: name }) }));
  const [best] = judged
    .filter(({ over }) => over === undefined)
    .toSorted((a, b) => freeMib(known, placed, b.name) - freeMib(known, placed, a.name));
  if (best !== undefined) return { node: best.name };
  const reasons = new Set(judged.map(({ over }) => over?.title));
  return { failure: 'no-room', error: [...reasons].join('; ') };
}

function memoryOver(
  known: Known,
  node: string,
  { asked, mayStop }: { readonly asked: number; readonly mayStop: readonly string[] },
): No | undefined {
  const { used, total } = memoryOf(known.readings, node) ?? { used: 0, total: 0 };
  const intended = memoryOn(withNodes(known), node);
  const room = { of: `memory of node ${node}`, used: used / MiB, total: total / MiB, intended } as const;
  return over({ ...room, most: known.reserve.memory, unit: 'MiB' }, asked, mayStop);
}

function storageOver(known: Known, node: string, { storage: name, diskGib }: AskedRoom): No | undefined {
  const found = known.readings.storages.get(node)?.find(({ storage }) => storage === name);
  if (found === undefined) return undefined;
  const { usedBytes, totalBytes, shared } = found;
  if (usedBytes === undefined || totalBytes === undefined) return undefined;
  const intended = withNodes(known)
    .filter((each) => (shared || each.node === node) && (each.storage ?? name) === name)
    .reduce((sum, each) => sum + each.diskGib, 0);
  const room = { of: `storage ${name}`, used: usedBytes / GiB, total: totalBytes / GiB, intended } as const;
  return over({ ...room, most: known.reserve.storage, unit: 'GiB' }, diskGib, []);
}

/** What a node or a storage has; `used` and `total` in one unit, `total` 0: not known. */
interface Room {
  /** `memory of node pve1`, `storage local-lvm`. */
  readonly of: string;
  readonly used: number;
  readonly total: number;
  readonly intended: number;
  readonly most: number;
  readonly unit: 'MiB' | 'GiB';
}

function over(room: Room, asked: number, mayStop: readonly string[]): No | undefined {
  const { of, used, total, intended, most, unit } = room;
  if (total <= 0 || asked <= 0) return undefined;
  const allowed = Math.floor((total * most) / 100);
  const now = Math.ceil(used + intended);
  if (now + asked <= allowed) return undefined;
  const others = mayStop.length === 0 ? '' : `; stop one of ${mayStop.join(', ')}, or ask its owner to`;
  const all = Math.round(total);
  return no('quota-exceeded', `There is not enough room: ${of} is kept below ${most} %`, {
    clause: 'PART-2',
    errors: [
      { field: of, found: `used ${now}, asked ${asked}`, allowed: `${allowed} ${unit} of ${all}${others}` },
    ],
  });
}

/** What has no node yet counts where most is free, one after the other, as it will be placed. */
function withNodes({ readings, intended }: Pick<Known, 'readings' | 'intended'>): readonly Intended[] {
  const placed: Intended[] = intended.filter(({ node }) => node !== undefined);
  const known = { readings };
  for (const each of intended) {
    if (each.node !== undefined) continue;
    const free = (name: string) => freeMib(known, placed, name);
    const [node] = each.possible.toSorted((a, b) => free(b) - free(a));
    if (node !== undefined) placed.push({ ...each, node });
  }
  return placed;
}

function freeMib({ readings }: Pick<Known, 'readings'>, placed: readonly Intended[], node: string): number {
  const { used, total } = memoryOf(readings, node) ?? { used: 0, total: 0 };
  return (total - used) / MiB - memoryOn(placed, node);
}

function memoryOn(placed: readonly Intended[], node: string): number {
  return placed.reduce((sum, each) => sum + (each.node === node ? each.memoryMib : 0), 0);
}

function memoryOf({ nodes }: Readings, node: string) {
  return nodes.find(({ name }) => name === node)?.memory;
}
