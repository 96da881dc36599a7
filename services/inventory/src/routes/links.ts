import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ItemId, ItemLink, ItemResource, LinkKind } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { commandRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { withLink, withoutLink } from '../core/links.ts';
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
          to: (item) => ({ links: withLink(item, link) }),
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
            const links = withoutLink(id, item, link, { items, needs });
            return isRefusal(links) ? links : { links };
          },
        });
      },
    });
  };
}
