import { ItemFields, ItemResource, LinkTarget } from '@huismeester/contracts';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import type { Words } from './words-en.ts';

/** All items of the register, retired ones too. */
export function allItems(api: Api): Promise<ItemResource[]> {
  return api.list('/api/v1/items', ItemResource);
}

/**
 * The item with this id, this name in whatever case, or that stands for this thing (`switch/sw1`); one that is used goes before those that are retired. Throws
 * {@link NotFine} where there is none, or several.
 */
export async function whichItem(api: Api, reference: string, words: Words): Promise<ItemResource> {
  const all = await allItems(api);
  const id = reference.replace(/^item\//, '');
  const byId = all.find((each) => each.id === id);
  if (byId) return byId;
  const wanted = reference.toLowerCase();
  const alike = all.filter(({ name, stands_for }) => name.toLowerCase() === wanted || stands_for === wanted);
  const used = alike.filter(({ life }) => life !== 'retired');
  const [item, ...more] = used.length > 0 ? used : alike;
  if (item === undefined) throw new NotFine(words.unknownItem(reference));
  if (more.length > 0) {
    const ids = [item, ...more].map((each) => each.id).join(', ');
    throw new NotFine(words.severalItems(more.length + 1, reference, ids));
  }
  return item;
}

/** What a link leads to, as the register names it: a thing as it is, an item by id or name. */
export async function targetOf(api: Api, reference: string, words: Words): Promise<string> {
  if (Value.Check(LinkTarget, reference)) return reference;
  return `item/${(await whichItem(api, reference, words)).id}`;
}

/** The path of one item. */
export function itemPath(id: string): string {
  return `/api/v1/items/${encodeURIComponent(id)}`;
}

const Fields = Type.Object(ItemFields, { additionalProperties: false });

/** What is said of an item, without what others say of it. */
export function fieldsOfItem(item: ItemResource): ItemFields {
  // Only what the schema names is left of it.
  return Value.Clean(Fields, { ...item }) as ItemFields;
}
