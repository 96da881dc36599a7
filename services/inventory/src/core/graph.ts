import type { ItemLink, LinkKind, LinkSeen } from '@huismeester/contracts';
import { type Item, isRetired, vertexOfItem } from './item.ts';
import type { ThingNeed, Vertex } from './things.ts';

export type Items = ReadonlyMap<string, Item>;

/** What a vertex needs: any one of `to`, each of them once. */
export interface Need {
  readonly from: Vertex;
  readonly kind: LinkKind;
  readonly to: readonly Vertex[];
  readonly source: LinkSeen['from'];
}

/** All that is needed by what is not retired: entered, by settings, and by Proxmox. */
export interface Graph {
  readonly needs: ReadonlyMap<Vertex, readonly Need[]>;
  readonly neededBy: ReadonlyMap<Vertex, readonly Need[]>;
  /** The item at a vertex, by its id; none where nobody registered one. */
  readonly itemAt: ReadonlyMap<Vertex, string>;
}

/** The graph of these items and of what other services say. */
export function graphOf(items: Items, outside: readonly ThingNeed[]): Graph {
  const needs = new Map<Vertex, Need[]>();
  const neededBy = new Map<Vertex, Need[]>();
  const itemAt = new Map<Vertex, string>();
  const add = (need: Need) => {
    push(needs, need.from, need);
    for (const to of need.to) push(neededBy, to, need);
  };
  for (const { from, kind, to, source } of outside) add({ from, kind, to: [...new Set(to)], source });
  for (const [id, item] of items) {
    if (isRetired(item)) continue;
    const from = vertexOfItem(id, item);
    itemAt.set(from, id);
    for (const link of item.links) {
      const to = vertexOf(items, link.to);
      if (to !== undefined) add({ from, kind: link.kind, to: [to], source: 'entered' });
    }
  }
  return { needs, neededBy, itemAt };
}

/** Where a link leads to: an item's vertex is that of what it stands for. Undefined for an item that is retired or not registered. */
export function vertexOf(items: Items, target: ItemLink['to']): Vertex | undefined {
  if (!target.startsWith('item/')) return target;
  const id = target.slice('item/'.length);
  const item = items.get(id);
  return item === undefined || isRetired(item) ? undefined : vertexOfItem(id, item);
}

/** A cycle that one of these needs closes: its vertices, the first one once more at its end. Undefined where none does. */
export function cycleOf(graph: Graph, added: Iterable<Need>): readonly Vertex[] | undefined {
  let left: ReadonlySet<Vertex> | undefined;
  for (const { from, to } of added) {
    // Most graphs have no cycle at all, which one look shows for all that was added.
    left ??= onCycles(graph);
    for (const each of to) {
      if (!left.has(from) || !left.has(each)) continue;
      const back = pathBetween(graph, each, from);
      if (back) return [from, ...back];
    }
  }
  return undefined;
}

/** All that is on a cycle, or between two: what is left when what needs nothing is taken away, again and again. */
function onCycles({ needs, neededBy }: Graph): ReadonlySet<Vertex> {
  const needed = new Map<Vertex, number>();
  for (const [from, all] of needs)
    needed.set(
      from,
      all.reduce((sum, { to }) => sum + to.length, 0),
    );
  const free = [...neededBy.keys()].filter((vertex) => !needed.has(vertex));
  for (let vertex = free.pop(); vertex !== undefined; vertex = free.pop()) {
    for (const { from } of neededBy.get(vertex) ?? []) {
      const left = (needed.get(from) ?? 0) - 1;
      needed.set(from, left);
      if (left === 0) free.push(from);
    }
  }
  return new Set([...needed].flatMap(([vertex, left]) => (left > 0 ? [vertex] : [])));
}

/** A shortest way along needs, both ends included. */
function pathBetween({ needs }: Graph, start: Vertex, end: Vertex): readonly Vertex[] | undefined {
  const before = new Map<Vertex, Vertex | undefined>([[start, undefined]]);
  // It grows while it is gone through.
  const queue = [start];
  for (const vertex of queue) {
    if (vertex === end) return wayTo(end, before);
    for (const { to } of needs.get(vertex) ?? []) {
      for (const each of to) {
        if (before.has(each)) continue;
        before.set(each, vertex);
        queue.push(each);
      }
    }
  }
  return undefined;
}

function wayTo(end: Vertex, before: ReadonlyMap<Vertex, Vertex | undefined>): readonly Vertex[] {
  const way: Vertex[] = [];
  for (let at: Vertex | undefined = end; at !== undefined; at = before.get(at)) way.push(at);
  return way.toReversed();
}

function push(map: Map<Vertex, Need[]>, vertex: Vertex, need: Need): void {
  const known = map.get(vertex);
  if (known) known.push(need);
  else map.set(vertex, [need]);
}
