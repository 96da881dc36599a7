import type { Graph, Need } from './graph.ts';
import type { Vertex } from './things.ts';

/** Something that goes, or is weakened: the needs that go, each with those of its alternatives that go. */
export interface Affected {
  readonly vertex: Vertex;
  readonly because: readonly { readonly need: Need; readonly on: readonly Vertex[] }[];
}

/** What goes with a thing, nearest first, and what goes on since another of several that it needs is left. */
export interface ImpactOf {
  readonly goes: readonly Affected[];
  readonly weakened: readonly Affected[];
}

/** What goes when `target` does: all for which some need is left without an alternative, and what goes by these in turn. */
export function impactOf(graph: Graph, target: Vertex): ImpactOf {
  const { needs, neededBy } = graph;
  const gone = new Set([target]);
  const touched = new Set<Vertex>();
  // A set is gone through in the order in which was added to it, so that what is nearest comes first.
  for (const vertex of gone) {
    for (const need of neededBy.get(vertex) ?? []) {
      if (need.to.every((each) => gone.has(each))) gone.add(need.from);
      else touched.add(need.from);
    }
  }
  const because = (vertex: Vertex, isHit: (need: Need) => boolean): Affected => ({
    vertex,
    because: (needs.get(vertex) ?? [])
      .filter(isHit)
      .map((need) => ({ need, on: need.to.filter((each) => gone.has(each)) })),
  });
  const isGone = ({ to }: Need) => to.every((each) => gone.has(each));
  const isWeak = ({ to }: Need) => to.some((each) => gone.has(each));
  return {
    goes: [...gone].filter((each) => each !== target).map((each) => because(each, isGone)),
    weakened: [...touched].filter((each) => !gone.has(each)).map((each) => because(each, isWeak)),
  };
}
