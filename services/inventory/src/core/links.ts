import { type ItemLink, type No, no } from '@huismeester/contracts';
import { type Items, vertexOf } from './graph.ts';
import { type Item, isSameLink, vertexOfItem } from './item.ts';
import type { ThingNeed } from './things.ts';

/** The links of an item with one more; as they are where it has that one. */
export function withLink({ links }: Pick<Item, 'links'>, link: ItemLink): readonly ItemLink[] {
  return links.some((each) => isSameLink(each, link)) ? links : [...links, link];
}

/** The links of an item without one that was entered. What settings or Proxmox say is read-only (INFRA-2). */
export function withoutLink(
  id: string,
  item: Item,
  link: ItemLink,
  { items, needs }: { readonly items: Items; readonly needs: readonly ThingNeed[] },
): readonly ItemLink[] | No {
  const left = item.links.filter((each) => !leadsThere(each, link, items));
  return left.length < item.links.length ? left : notEntered(id, item, link, needs);
}

/** Whether they are the same: an item and the thing that it stands for are. */
function leadsThere(one: ItemLink, other: ItemLink, items: Items): boolean {
  if (isSameLink(one, other)) return true;
  const vertex = vertexOf(items, other.to);
  return one.kind === other.kind && vertex !== undefined && vertexOf(items, one.to) === vertex;
}

function notEntered(id: string, item: Item, link: ItemLink, needs: readonly ThingNeed[]): No {
  const from = vertexOfItem(id, item);
  const given = needs.find(
    (need) => need.from === from && need.kind === link.kind && need.to.includes(link.to),
  );
  if (given === undefined) {
    return no('not-found', `Item ${id} has no such link`, {
      clause: 'INFRA-2',
      errors: [
        { field: 'params.targetId', found: `${link.kind} ${link.to}`, allowed: 'a link that the item has' },
      ],
    });
  }
  const where = given.source === 'settings' ? 'space.yaml' : 'Proxmox';
  return no('read-only', `${where} says that ${id} needs ${link.to}`, {
    clause: 'INFRA-2',
    errors: [{ field: 'params.targetId', found: `a link of ${where}`, allowed: 'a link that was entered' }],
  });
}
