import { isDeepStrictEqual } from 'node:util';
import type { ItemFields, ItemLink } from '@huismeester/contracts';
import { fieldFaults } from './check-item.ts';
import { linkFaults, retiringFaults } from './check-links.ts';
import type { Fault } from './fault.ts';
import type { Items } from './graph.ts';
import { isRetired, isSameLink, type NewItemEvent } from './item.ts';
import type { Vertex } from './things.ts';
import type { Planned, WantedItem, World } from './world.ts';

/** What follows from a command about items; with faults nothing does. */
export interface ItemPlan {
  readonly faults: readonly Fault[];
  /** Of each item in order; none where nothing changes. */
  readonly events: readonly NewItemEvent[];
  /** The ids of those that are new, and of those that change. */
  readonly new: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Registers and changes items, all of them or none: each is judged by the register as it is once all are done. Whatever was so before stays allowed: a VM that is away,
 * or a lender who left, does not block another change.
 */
export function planItems(world: World, wanted: readonly WantedItem[], now: Date): ItemPlan {
  const planned = wanted.map(({ id, fields, links }, index): Planned => {
    const before = world.items.get(id);
    const said = withPlainIds(fields);
    const after = { since: before?.since ?? now, fields: said, links: links ?? before?.links ?? [] };
    return { index, id, before, after };
  });
  const items = new Map([...world.items, ...planned.map(({ id, after }) => [id, after] as const)]);
  const after = { ...world, items };
  const faults = [
    ...doubleFaults(planned),
    ...planned.flatMap((each) => fieldFaults(each, after)),
    ...sharedFaults(planned, items),
    ...linkFaults(planned, after),
    ...retiringFaults(planned, after),
  ].toSorted((a, b) => a.index - b.index);
  const follows = faults.length > 0 ? [] : planned.map((each) => ({ ...each, events: eventsOf(each) }));
  const changing = follows.filter(({ events }) => events.length > 0);
  return {
    faults,
    events: changing.flatMap(({ events }) => events),
    new: changing.flatMap(({ id, before }) => (before === undefined ? [id] : [])),
    changed: changing.flatMap(({ id, before }) => (before === undefined ? [] : [id])),
  };
}

/** Ids of people are in small letters, as the directory has them. */
function withPlainIds(fields: ItemFields): ItemFields {
  const { tenure } = fields;
  if (tenure?.person === undefined) return fields;
  return { ...fields, tenure: { ...tenure, person: tenure.person.toLowerCase() } };
}

/** The events by which one becomes what it is to be. */
function eventsOf({ id, before, after }: Planned): NewItemEvent[] {
  const subject = `item/${id}`;
  const linked = (type: 'item.linked' | 'item.unlinked', links: readonly ItemLink[]): NewItemEvent[] =>
    links.map(({ kind, to }) => ({ type, subject, data: { item: id, kind, to } }));
  if (before === undefined) {
    const data = { item: id, ...after.fields };
    return [{ type: 'item.registered', subject, data }, ...linked('item.linked', after.links)];
  }
  const isIn = (links: readonly ItemLink[]) => (link: ItemLink) =>
    links.some((each) => isSameLink(each, link));
  const retires = isRetired(after) && !isRetired(before);
  // That it is retired is an event of its own.
  const said = retires ? { ...after.fields, life: before.fields.life } : after.fields;
  return [
    ...linked(
      'item.unlinked',
      before.links.filter((each) => !isIn(after.links)(each)),
    ),
    ...(isDeepStrictEqual(said, before.fields)
      ? []
      : [{ type: 'item.changed' as const, subject, data: { item: id, ...said } }]),
    ...(retires ? [{ type: 'item.retired' as const, subject, data: { item: id } }] : []),
    ...linked(
      'item.linked',
      after.links.filter((each) => !isIn(before.links)(each)),
    ),
  ];
}

function doubleFaults(planned: readonly Planned[]): Fault[] {
  const seen = new Set<string>();
  return planned.flatMap(({ index, id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const title = `Item ${id} is given twice`;
    return [{ index, code: 'twice', title, field: 'id', found: id, allowed: 'each item once' }];
  });
}

/** At most one item, not retired, stands for a thing. */
function sharedFaults(planned: readonly Planned[], items: Items): Fault[] {
  const ids = new Map<Vertex, string[]>();
  for (const [id, { fields }] of items) {
    if (fields.life === 'retired' || fields.stands_for === undefined) continue;
    ids.set(fields.stands_for, [...(ids.get(fields.stands_for) ?? []), id]);
  }
  return planned.flatMap(({ index, id, after: { fields } }) => {
    const { stands_for: thing } = fields;
    if (thing === undefined || fields.life === 'retired') return [];
    const other = ids.get(thing)?.find((each) => each !== id);
    if (other === undefined) return [];
    return [
      {
        index,
        code: 'stands-for-it',
        title: `Item ${other} stands for ${thing} already`,
        clause: 'INFRA-1',
        field: 'stands_for',
        found: thing,
        allowed: `a thing for which no item stands; ${other} may be changed, or retired`,
      },
    ];
  });
}
