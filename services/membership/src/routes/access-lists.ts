import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AccessListFields, AccessListId, AccessListResource } from '@huismeester/contracts';
import { isRefusal, newEvent, refuse } from '@huismeester/events';
import { commandRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { accessLists, listResource, strangers } from '../access/lists.ts';
import type { RouteDeps } from '../inside.ts';
import { readPeopleThere } from '../people/person-rows.ts';
import { accessList } from '../schema.ts';
import { accessStatuses, knowsAccess, refuseOthers, seesAccess } from './access.ts';

const Params = Type.Object({ id: AccessListId });
const Body = Type.Object(AccessListFields, { additionalProperties: false });

/** What has no API, written down by hand and confirmed each year (CORE-2). Long, since it is a list of routes. */
export function accessListRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log, settings } = deps;
  const { confirmEvery } = settings.access;
  return async (app) => {
    listRoute(app, {
      url: '/access/lists',
      roles: seesAccess,
      summary: 'Who has access to what has no API, or knows a shared secret (CORE-2)',
      item: AccessListResource,
      order: ['id', 'due', 'since'],
      filters: ['kind', 'core'],
      all: async () =>
        (await database.orm.select().from(accessList)).map((row) => listResource(row, confirmEvery)),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/access/lists/:id',
      roles: knowsAccess,
      person: true,
      summary: 'Write down who has access to something, or knows a secret (CORE-2)',
      params: Params,
      body: Body,
      answer: AccessListResource,
      statuses: accessStatuses,
      async run(tx, { params: { id }, body, who, matches }) {
        const refusal = await refuseOthers(tx, log, who, 'CORE-2');
        if (refusal) return refusal;
        const done = await accessLists.handle(tx, {
          log,
          id,
          actor: who.name,
          ifMatch: ({ state, version }) => matches(listResource({ id, version, ...state }, confirmEvery)),
          read: async () => new Set((await readPeopleThere(tx)).map((each) => each.id)),
          decide(_, there) {
            const errors = strangers(body.people, there);
            if (errors.length > 0)
              return refuse('not-a-person', 'Not everybody of the list is in the directory', {
                clause: 'CORE-2',
                errors,
              });
            return [newEvent('access-list.recorded', `access-list/${id}`, { list: id, ...body })];
          },
        });
        if (isRefusal(done)) return done;
        if (!done.state) throw new Error(`the list ${id} was recorded and is not there`);
        return listResource({ id, version: done.version, ...done.state }, confirmEvery);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/access/lists/:id/confirmation',
      roles: knowsAccess,
      person: true,
      summary: 'Confirm that a list is true (CORE-2)',
      params: Params,
      statuses: accessStatuses,
      async run(tx, { params: { id }, who }) {
        const refusal = await refuseOthers(tx, log, who, 'CORE-2');
        if (refusal) return refusal;
        const data = { list: id, by: who.person ?? '' };
        const done = await accessLists.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'existing',
          decide: () => [newEvent('access-list.confirmed', `access-list/${id}`, data)],
        });
        return isRefusal(done) ? done : undefined;
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/access/lists/:id',
      roles: knowsAccess,
      person: true,
      summary: 'Keep a list no more',
      params: Params,
      statuses: accessStatuses,
      async run(tx, { params: { id }, who }) {
        const refusal = await refuseOthers(tx, log, who, 'CORE-2');
        if (refusal) return refusal;
        const done = await accessLists.handle(tx, {
          log,
          id,
          actor: who.name,
          only: 'existing',
          decide: () => [newEvent('access-list.ended', `access-list/${id}`, { list: id })],
        });
        return isRefusal(done) ? done : undefined;
      },
    });
  };
}
