import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ItemId, ItemLink, ItemResource, LinkKind, no } from '@huismeester/contracts';
import { refuse } from '@huismeester/events';
import { commandRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { type Items, vertexOf } from '../core/graph.ts';
import { type Item, isSameLink, vertexOfItem } from '../core/item.ts';
import type { ThingNeed } from '../core/things.ts';
import type { RouteDeps } from '../inside.ts';
import { changeItem } from '../items/change.ts';
import { itemStatuses } from './items.ts';
import { targetKinds, writers } from './who.ts';

const Params = Type.Object({ id: ItemId });
const LinkParams = Type.Object({
  id: ItemId,
  kind: LinkKind,
  targetKind: Type.Enum(targetKinds),
  targetId: { ...ItemId, description: 'Of the item or thing' },
});

/** What items need: what is entered. What settings or Proxmox say is read-only. */
export function linkRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/items/:id/links',
      roles: writers,
      summary: 'An item runs on, is powered by or depends on something; the same again changes nothing',
      params: Params,
      body: ItemLink,
      answer: ItemResource,
      statuses: itemStatuses,
      run: (tx, { params: { id }, body: link, who, matches }) =>
        changeItem(tx, deps, {
          id,
          actor: who.name,
          matches,
          // All that can be wrong is where it leads to.
          place: () => 'body.to',
          to: ({ links }) =>
            links.some((each) => isSameLink(each, link)) ? {} : { links: [...links, link] },
        }),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/items/:id/links/:kind/:targetKind/:targetId',
      roles: writers,
      summary: 'It needs it no more: only what was entered is taken out',
      params: LinkParams,
      answer: ItemResource,
      async run(tx, { params: { id, kind, targetKind, targetId }, who, matches }) {
        const link = { kind, to: `${targetKind}/${targetId}` };
        const needs = await deps.outside.needs(tx);
        return await changeItem(tx, deps, {
          id,
          actor: who.name,
          matches,
          to(item, items) {
            const left = item.links.filter((each) => !leadsThere(each, link, items));
            return left.length < item.links.length ? { links: left } : notEntered(id, item, link, needs);
          },
        });
      },
    });
  };
}

/** Whether they are the same: an item and the thing that it stands for are. */
function leadsThere(one: ItemLink, other: ItemLink, items: Items): boolean {
  if (isSameLink(one, other)) return true;
  const vertex = vertexOf(items, other.to);
  return one.kind === other.kind && vertex !== undefined && vertexOf(items, one.to) === vertex;
}

function notEntered(id: string, item: Item, link: ItemLink, needs: readonly ThingNeed[]) {
  const from = vertexOfItem(id, item);
  const given = needs.find(
    (need) => need.from === from && need.kind === link.kind && need.to.includes(link.to),
  );
  if (given === undefined) return refuse('not-found', `Item ${id} has no such link`);
  const where = given.source === 'settings' ? 'space.yaml' : 'Proxmox';
  return no('read-only', `${where} says that ${id} needs ${link.to}`, {
    clause: 'INFRA-2',
    errors: [{ field: 'params.targetId', found: `a link of ${where}`, allowed: 'a link that was entered' }],
  });
}
