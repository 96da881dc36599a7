import { aggregate, type Made } from '@huismeester/events';
import { evolveItem, type Item } from '../core/item.ts';
import { item } from '../schema.ts';

type ItemMade =
  | Made<'item.registered'>
  | Made<'item.changed'>
  | Made<'item.retired'>
  | Made<'item.linked'>
  | Made<'item.unlinked'>;

/** The register: every item that was ever registered. */
export const items = aggregate({
  kind: 'item',
  table: item,
  initial: undefined,
  evolve: (known: Item | undefined, event: ItemMade) => evolveItem(known, event),
});

/** What every command about items locks: what one of them may be depends on all others. */
export const graphScope = 'graph';
