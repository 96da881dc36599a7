import { isDeepStrictEqual } from 'node:util';
import { coreFor, type Impact, type PersonId } from '@huismeester/contracts';
import { type Graph, graphOf, type Items, vertexOf } from '../core/graph.ts';
import { type Affected, impactOf } from '../core/impact.ts';
import type { ThingNeed } from '../core/things.ts';
import type { Shown } from './register.ts';

/** What goes with a thing or an item, with reasons and people; undefined for what nobody knows. Of a retired item nothing goes. */
export function impactResource(target: string, shown: Shown): Impact | undefined {
  const { items, things, needs } = shown;
  const [kind, id = ''] = target.split('/');
  if (kind === 'item' && !items.has(id)) return undefined;
  const graph = lastGraph(items, needs);
  const vertex = vertexOf(items, target) ?? target;
  if (kind !== 'item' && !things.has(vertex) && !graph.itemAt.has(vertex)) return undefined;
  const { goes, weakened } = impactOf(graph, vertex);
  const shownOf = (each: Affected) => affected(each, graph.itemAt.get(each.vertex), shown);
  return { target: vertex, goes: goes.map(shownOf), weakened: weakened.map(shownOf) };
}

/** The items of the register stay the same ones until the log goes on. */
const graphs = new WeakMap<Items, { readonly needs: readonly ThingNeed[]; readonly graph: Graph }>();

function lastGraph(items: Items, needs: readonly ThingNeed[]): Graph {
  const known = graphs.get(items);
  if (known && isDeepStrictEqual(known.needs, needs)) return known.graph;
  const graph = graphOf(items, needs);
  graphs.set(items, { needs, graph });
  return graph;
}

function affected(
  { vertex, because }: Affected,
  id: string | undefined,
  shown: Shown,
): Impact['goes'][number] {
  const seen = shown.things.get(vertex);
  const fields = id === undefined ? undefined : shown.items.get(id)?.fields;
  const name = fields?.name ?? seen?.name;
  return {
    target: vertex,
    ...(id !== undefined && { item: id }),
    ...(name !== undefined && { name }),
    core_for: fields
      ? coreFor(fields, { vmClass: seen?.class })
      : seen?.class === 'core'
        ? ['availability']
        : [],
    because: because.flatMap(({ need: { kind, source }, on }) =>
      on.map((each) => ({ kind, on: each, from: source })),
    ),
    people: peopleOf(id, seen?.owner, shown),
  };
}

/** Whom to ask, who knows most first: its stewards, its learners, and of a VM its owner; each once. */
function peopleOf(id: string | undefined, owner: PersonId | undefined, { stewardsOf }: Shown): PersonId[] {
  const all = (id === undefined ? undefined : stewardsOf.get(id)) ?? [];
  const stewards = all.toSorted((a, b) => Number(a.role !== 'steward') - Number(b.role !== 'steward'));
  return [...new Set([...stewards.map(({ person }) => person), ...(owner === undefined ? [] : [owner])])];
}
