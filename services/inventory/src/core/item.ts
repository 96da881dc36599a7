import { type EventData, type ItemFields, type ItemLink, type No, no } from '@huismeester/contracts';
import type { Vertex } from './things.ts';

/** An item of the register, retired or not. */
export interface Item {
  /** When it was registered. */
  readonly since: Date;
  readonly fields: ItemFields;
  /** Those that somebody entered, in the order of kind and target. */
  readonly links: readonly ItemLink[];
}

type ItemEventType = 'item.registered' | 'item.changed' | 'item.retired' | 'item.linked' | 'item.unlinked';

/** An event of an item, before it is in the log. */
export type NewItemEvent = {
  [T in ItemEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[ItemEventType];
export type ItemEvent = NewItemEvent & { readonly time: Date };

/** The item after the event. A retired one keeps its links; they count no more. */
export function evolveItem(item: Item | undefined, event: ItemEvent): Item | undefined {
  if (event.type === 'item.registered') {
    const { item: _, ...fields } = event.data;
    return { since: event.time, fields, links: [] };
  }
  if (item === undefined) return undefined;
  switch (event.type) {
    case 'item.changed': {
      const { item: _, ...fields } = event.data;
      return { ...item, fields };
    }
    case 'item.retired':
      return { ...item, fields: { ...item.fields, life: 'retired' } };
    case 'item.linked': {
      const { kind, to } = event.data;
      return { ...item, links: inOrder([...item.links, { kind, to }]) };
    }
    case 'item.unlinked': {
      const { data } = event;
      return { ...item, links: item.links.filter((each) => !isSameLink(each, data)) };
    }
  }
}

/** What is said of an item once it is retired; refused where it is. */
export function retired(id: string, item: Pick<Item, 'fields'>): ItemFields | No {
  if (!isRetired(item)) return { ...item.fields, life: 'retired' };
  return no('retired', `Item ${id} is retired already`, {
    clause: 'TEAM-3',
    errors: [
      { field: 'params.id', found: `${id}, which is retired`, allowed: 'an item that is not retired' },
    ],
  });
}

/** Links in the order of kind and target. */
export function inOrder(links: readonly ItemLink[]): readonly ItemLink[] {
  return links.toSorted((a, b) => compare(a.kind, b.kind) || compare(a.to, b.to));
}

/** Whether they are of one kind and lead to one target, as it was entered. */
export function isSameLink(one: ItemLink, other: ItemLink): boolean {
  return one.kind === other.kind && one.to === other.to;
}

/** Whether it is used no more: it is in no graph then, and nothing counts of it. */
export function isRetired({ fields }: Pick<Item, 'fields'>): boolean {
  return fields.life === 'retired';
}

/** Whether something may go by it: it is built or used. */
export function isUsed({ fields }: Pick<Item, 'fields'>): boolean {
  return fields.life === 'in-use' || fields.life === 'building';
}

/** Where an item is in the graph: at what it stands for, or, if it stands for nothing or is retired, at a place of its own. */
export function vertexOfItem(id: string, { fields }: Pick<Item, 'fields'>): Vertex {
  return (!isRetired({ fields }) && fields.stands_for) || `item/${id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
