import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DesignDecisionId, DesignDecisionResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { commandRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { lookNow } from '../design/look-now.ts';
import { makePage, recordMade } from '../design/make-page.ts';
import { designResource, readDesigns } from '../design/rows.ts';
import type { RouteDeps } from '../inside.ts';
import { writers } from './who.ts';

const Params = Type.Object({ id: DesignDecisionId });
const Looked = Type.Object({ results: Type.Array(DesignDecisionResource) });

/** Looks at the wiki now, and the one thing that is ever written there: a new page. */
export function designPageRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log, settings } = deps;
  const api = settings.wiki?.api;
  const looked = async (tx: Tx, id?: string) => ({
    results: (await readDesigns(tx, id)).map((row) => designResource(row, api)),
  });
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/design-decisions/look',
      roles: writers,
      summary: 'Have the pages of all design decisions looked up on the wiki now',
      answer: Looked,
      prepare: () => lookNow(deps),
      run: (tx) => looked(tx),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/design-decisions/:id/look',
      roles: writers,
      summary: 'Have the page of a design decision looked up on the wiki now',
      params: Params,
      answer: Looked,
      prepare: ({ params: { id }, matches }) => lookNow(deps, { id, matches }),
      run: (tx, { params: { id } }) => looked(tx, id),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/design-decisions/:id/page',
      roles: writers,
      summary: 'Make its page on the wiki, where settings allow it; a page that is there is never touched',
      params: Params,
      answer: DesignDecisionResource,
      statuses: { 'wiki-unknown': 503 },
      prepare: ({ params: { id }, matches }) => makePage(deps, { id, matches }),
      run: (tx, { params: { id }, who, prepared }) =>
        recordMade(tx, { log, api }, { ...prepared, id, actor: who.name }),
    });
  };
}
