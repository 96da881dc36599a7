import type { ItemLink } from '@huismeester/contracts';
import { unknownThingFault } from './check-item.ts';
import type { Fault } from './fault.ts';
import { cycleOf, type Graph, graphOf, type Items, type Need, vertexOf } from './graph.ts';
import { impactOf } from './impact.ts';
import { type Item, isRetired, isSameLink, isUsed, vertexOfItem } from './item.ts';
import type { Vertex } from './things.ts';
import type { Planned, World } from './world.ts';

/** Faults of links: where they lead, and that they close a cycle. */
export function linkFaults(planned: readonly Planned[], world: World): Fault[] {
  const faults = planned.flatMap((each) => targetFaults(each, world));
  return faults.length > 0 ? faults : cycleFaults(planned, world);
}

function targetFaults(planned: Planned, world: World): Fault[] {
  const { index, before, after } = planned;
  const { items, things } = world;
  const isRevived = before !== undefined && isUsed(after) && !isUsed(before);
  const seen = new Map<string, string>();
  return after.links.flatMap((link, place): Fault[] => {
    const field = `links.${place}.to`;
    const { to } = link;
    const isNew = isNewLink(planned, link);
    const vertex = vertexOf(items, to);
    if (isNew && to.startsWith('item/') && !items.has(to.slice('item/'.length)))
      return [unknownItemFault(index, field, to)];
    if (isNew && !to.startsWith('item/') && !things.has(to)) return [unknownThingFault(index, field, to)];
    if (vertex === undefined) return isNew || isRevived ? [retiredTargetFault(index, field, to)] : [];
    const key = `${link.kind} ${vertex}`;
    const known = seen.get(key);
    seen.set(key, to);
    return known === undefined || !isNew ? [] : [linkedTwiceFault(index, field, { ...link, known })];
  });
}

function unknownItemFault(index: number, field: string, found: string): Fault {
  const title = `There is no ${found}`;
  return {
    index,
    code: 'no-such-item',
    title,
    clause: 'INFRA-2',
    field,
    found,
    allowed: 'an item of the register',
  };
}

function retiredTargetFault(index: number, field: string, found: string): Fault {
  const title = `${found} is retired`;
  return {
    index,
    code: 'retired',
    title,
    clause: 'TEAM-3',
    field,
    found: `${found}, which is retired`,
    allowed: 'an item that is not retired',
  };
}

function linkedTwiceFault(
  index: number,
  field: string,
  { kind, to, known }: ItemLink & { known: string },
): Fault {
  return {
    index,
    code: 'linked-already',
    title: `It is linked to ${to} already`,
    clause: 'INFRA-2',
    field,
    found: known === to ? `${kind} ${to} twice` : `${kind} ${to} and ${known}, which are the same`,
    allowed: 'each thing once for each kind',
  };
}

/** Only what is entered is refused: that Proxmox or settings close a cycle with it is no reason to refuse something else. */
function cycleFaults(planned: readonly Planned[], world: World): Fault[] {
  const graph = graphOf(world.items, world.needs);
  const added = planned.flatMap((each) => addedBy(each, graph, world.items).map((need) => ({ need, each })));
  const cycle = cycleOf(
    graph,
    added.map(({ need }) => need),
  );
  if (cycle === undefined) return [];
  const [from, to = ''] = cycle;
  const found = cycle.join(' → ');
  const closing = added.find(({ need }) => need.from === from && need.to.includes(to));
  const index = closing?.each.index ?? 0;
  return [
    {
      index,
      code: 'cycle',
      title: `Something would need itself: ${found}`,
      clause: 'INFRA-2',
      field: closing ? fieldOf(closing.each, closing.need, world.items) : 'links',
      found,
      allowed: 'links that do not lead back to the item',
    },
  ];
}

/**
 * Where it stands in what was asked for. What came about by what an item stands for, or since it is used again, is in no link of its own.
 */
function fieldOf(planned: Planned, { from, kind, to }: Need, items: Items): string {
  const { id, before, after } = planned;
  const isIt = (link: ItemLink) =>
    link.kind === kind && vertexOf(items, link.to) === to[0] && isNewLink(planned, link);
  const place = from === vertexOfItem(id, after) ? after.links.findIndex(isIt) : -1;
  if (place >= 0) return `links.${place}.to`;
  return before !== undefined && isRetired(before) ? 'life' : 'stands_for';
}

/**
 * The needs that somebody entered and that are not as they were: its new links, or all at its vertex where that is another now.
 */
function addedBy(planned: Planned, graph: Graph, items: Items): readonly Need[] {
  const { id, before, after } = planned;
  if (isRetired(after)) return [];
  const vertex = vertexOfItem(id, after);
  const entered = (needs: readonly Need[] = []) => needs.filter(({ source }) => source === 'entered');
  const own = entered(graph.needs.get(vertex));
  const isMoved = before !== undefined && (isRetired(before) || vertexOfItem(id, before) !== vertex);
  if (isMoved) return [...own, ...entered(graph.neededBy.get(vertex))];
  const added = after.links.filter((link) => isNewLink(planned, link));
  const isIn = ({ kind, to }: Need) =>
    added.some((link) => link.kind === kind && vertexOf(items, link.to) === to[0]);
  return own.filter(isIn);
}

function isNewLink({ before }: Pick<Planned, 'before'>, link: ItemLink): boolean {
  return !before?.links.some((each) => isSameLink(each, link));
}

/** An item that something in use depends on is not retired (TEAM-3). */
export function retiringFaults(planned: readonly Planned[], world: World): Fault[] {
  const retiring = planned.filter(
    ({ before, after }) => before !== undefined && isRetired(after) && !isRetired(before),
  );
  if (retiring.length === 0) return [];
  // As if they were used until all else was done: what is retired together does not block each other.
  const before = new Map<string, Item>([
    ...world.items,
    ...retiring.flatMap(({ id, before, after }) =>
      before ? [[id, { ...before, links: after.links }] as const] : [],
    ),
  ]);
  const graph = graphOf(before, world.needs);
  return retiring.flatMap(({ index, id, before }) => {
    if (before === undefined) return [];
    const users = usersOf(vertexOfItem(id, before), graph, world.items);
    if (users.length === 0) return [];
    const found = users.join(', ');
    return [
      {
        index,
        code: 'in-use',
        title: `${found} ${users.length === 1 ? 'needs' : 'need'} ${id}`,
        clause: 'TEAM-3',
        field: 'life',
        found: `needed by ${found}`,
        allowed: 'an item that nothing in use needs; change or retire those first',
      },
    ];
  });
}

/**
 * What is used and would go with it: items by id, and things for which no item stands. A probe looks at something; it is not used itself.
 */
function usersOf(vertex: Vertex, graph: Graph, items: Items): string[] {
  return impactOf(graph, vertex).goes.flatMap(({ vertex: each }) => {
    const id = graph.itemAt.get(each);
    if (id === undefined) return each.startsWith('probe/') ? [] : [each];
    const item = items.get(id);
    return item && isUsed(item) ? [id] : [];
  });
}
