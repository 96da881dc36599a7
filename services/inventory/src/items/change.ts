import type { ItemFields, ItemLink, ItemResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, lockScopes, type Refusal } from '@huismeester/events';
import { type Fault, refusalOf, takenRefusal } from '../core/fault.ts';
import type { Items } from '../core/graph.ts';
import type { Item, NewItemEvent } from '../core/item.ts';
import { idOfName } from '../core/item-id.ts';
import { planItems } from '../core/plan-items.ts';
import { graphScope, items } from './aggregate.ts';
import { readShown } from './register.ts';
import { everything, itemResource } from './shown.ts';
import type { ItemDeps } from './world.ts';

/** An item that is to be registered; without an id it gets one of its name. */
export interface NewItem {
  readonly actor: string;
  readonly id?: string | undefined;
  readonly fields: ItemFields;
  readonly links: readonly ItemLink[];
}

/** Registers an item (INFRA-2). */
export async function registerItem(
  tx: Tx,
  deps: ItemDeps,
  { id: given, fields, links, actor }: NewItem,
): Promise<ItemResource | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [graphScope]);
  const shown = await readShown(tx, deps);
  const world = { ...shown, people: await deps.access.people.roles(tx) };
  if (given !== undefined && world.items.has(given)) return takenRefusal('item', given);
  const id = given ?? idOfName(fields.name, (each) => world.items.has(each));
  const done = await items.handle(tx, {
    log,
    id,
    actor,
    only: 'new',
    decide(_, __, { now }) {
      const { faults, events } = planItems(world, [{ id, fields, links }], now);
      return refusalOf(faults, inBody) ?? events;
    },
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`item ${id} was registered and is not there`);
  return itemResource(id, done.state, shown, everything);
}

/** A change of one item. */
export interface ItemChange {
  readonly id: string;
  readonly actor: string;
  /** Whether If-Match allows it. */
  readonly matches: (resource: unknown) => boolean;
  /** What it is to be, or why not. */
  readonly to: (
    item: Item,
    items: Items,
  ) => { readonly fields?: ItemFields; readonly links?: readonly ItemLink[] } | Refusal;
  /** Where a field of an item stands in what was asked; in the body, if left out. */
  readonly place?: (fault: Fault) => string;
  /** Why it is retired. */
  readonly because?: string | undefined;
}

/** Changes an item that is registered; answers how it is then. */
export async function changeItem(
  tx: Tx,
  deps: ItemDeps,
  { id, actor, matches, to, place = inBody, because }: ItemChange,
): Promise<ItemResource | Refusal> {
  const { log } = deps;
  await lockScopes(tx, log.service, [graphScope]);
  const shown = await readShown(tx, deps);
  const world = { ...shown, people: await deps.access.people.roles(tx) };
  const done = await items.handle(tx, {
    log,
    id,
    actor,
    only: 'existing',
    ifMatch: ({ state }) => matches(itemResource(id, state, shown, everything)),
    decide(item, _, { now }) {
      if (item === undefined) return [];
      const wanted = to(item, shown.items);
      if (isRefusal(wanted)) return wanted;
      const next = { id, fields: item.fields, ...wanted };
      const { faults, events } = planItems(world, [next], now);
      return refusalOf(faults, place) ?? withReason(events, because);
    },
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`item ${id} was changed and is not there`);
  return itemResource(id, done.state, shown, everything);
}

function inBody({ field }: Fault): string {
  return `body.${field}`;
}

function withReason(events: readonly NewItemEvent[], because: string | undefined): readonly NewItemEvent[] {
  if (because === undefined) return events;
  return events.map((event) =>
    event.type === 'item.retired' ? { ...event, data: { ...event.data, because } } : event,
  );
}
