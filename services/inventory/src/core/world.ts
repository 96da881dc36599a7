import type { ItemFields, ItemLink, PersonId } from '@huismeester/contracts';
import type { Items } from './graph.ts';
import type { Item } from './item.ts';
import type { SeenThing, ThingNeed, Vertex } from './things.ts';

/** All that a decision about items goes by. */
export interface World {
  readonly items: Items;
  readonly things: ReadonlyMap<Vertex, SeenThing>;
  readonly needs: readonly ThingNeed[];
  /** Who is in the directory; undefined while that is not known, when an id counts as it is. */
  readonly people: { has(person: PersonId): boolean } | undefined;
}

/** An item as it is to be. */
export interface WantedItem {
  readonly id: string;
  readonly fields: ItemFields;
  /** Left out: they stay as they are; a new item has none. */
  readonly links?: readonly ItemLink[];
}

/** One of those that are wanted, with what it was before. */
export interface Planned {
  readonly index: number;
  readonly id: string;
  readonly before: Item | undefined;
  /** Its links in the order in which they were asked for. */
  readonly after: Item;
}
