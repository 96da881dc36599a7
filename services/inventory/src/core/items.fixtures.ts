import type { ItemFields, ItemLink } from '@huismeester/contracts';
import type { Item } from './item.ts';
import type { SeenThing } from './things.ts';
import type { World } from './world.ts';

/** For tests: when everything was registered. */
export const since = new Date('2026-12-02T12:00:00.000Z');

/** For tests: what is said of an item, as of a bar PC if nothing else is said. */
export const fieldsOf = (more: Partial<ItemFields> = {}): ItemFields => ({
  name: 'Bar PC',
  kind: 'bar-pc',
  layer: '7',
  life: 'in-use',
  core: 'no',
  space_wide: false,
  ...more,
});

/** For tests: an item with links such as `depends-on item/sw1`. */
export const itemOf = (more: Partial<ItemFields> = {}, ...links: string[]): Item => ({
  since,
  fields: fieldsOf(more),
  links: links.map(linkOf),
});

/** For tests: a link, of `kind target`. */
export function linkOf(text: string): ItemLink {
  const [kind, to = ''] = text.split(' ');
  // As the tests write it.
  return { kind: kind as ItemLink['kind'], to };
}

/** For tests: a world of these items, in which these things are seen. */
export const worldOf = (
  items: Readonly<Record<string, Item>>,
  things: Readonly<Record<string, Partial<SeenThing>>> = {},
  more: Partial<World> = {},
): World => ({
  items: new Map(Object.entries(items)),
  things: new Map(Object.entries(things).map(([id, thing]) => [id, { state: 'up', ...thing }])),
  needs: [],
  people: undefined,
  ...more,
});
