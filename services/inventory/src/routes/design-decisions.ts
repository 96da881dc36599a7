import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  DesignDecisionFields,
  DesignDecisionId,
  DesignDecisionResource,
  everyRole,
} from '@huismeester/contracts';
import { commandRoute, itemRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { changeDecision, registerDecision, removeDecision } from '../design/commands.ts';
import { designResource, readDesigns } from '../design/rows.ts';
import { titleOf } from '../design/title.ts';
import type { RouteDeps } from '../inside.ts';
import { writers } from './who.ts';

const Params = Type.Object({ id: DesignDecisionId });
const fields = {
  ...DesignDecisionFields,
  page: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'Its page of the wiki: the title, or any URL of it',
      examples: ['https://hackalot.nl/index.php?title=VLANs'],
    }),
  ),
};
const closed = { additionalProperties: false };
const Registration = Type.Object(
  { id: Type.Optional({ ...DesignDecisionId, description: 'Left out: made of its title' }), ...fields },
  closed,
);
const Whole = Type.Object(fields, closed);
const Part = Type.Object(Type.Partial(Type.Object(fields)).properties, closed);

const statuses = { 'bad-design-decision': 400, 'no-such-page': 400, 'wiki-unknown': 503 };

/** `/design-decisions`: design decisions, each with its page of the wiki (CORE-5, SPACE-6). */
export function designDecisionRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    readRoutes(app, deps);
    writeRoutes(app, deps);
  };
}

type App = Parameters<FastifyPluginAsyncTypebox>[0];

function readRoutes(app: App, { database, settings }: RouteDeps): void {
  const api = settings.wiki?.api;
  listRoute(app, {
    url: '/design-decisions',
    roles: everyRole,
    summary: 'Design decisions, with what the wiki says of the page of each (CORE-5, SPACE-6)',
    item: DesignDecisionResource,
    order: ['id', 'title', 'status', 'since'],
    filters: ['status', 'item', 'project'],
    all: async () => (await readDesigns(database.orm)).map((row) => designResource(row, api)),
  });
  itemRoute(app, {
    url: '/design-decisions/:id',
    roles: everyRole,
    summary: 'A design decision, with what the wiki says of its page',
    item: DesignDecisionResource,
    params: Params,
    async find({ id }) {
      const [row] = await readDesigns(database.orm, id);
      return row && designResource(row, api);
    },
    missing: ({ id }) => `There is no design decision ${id}`,
  });
}

function writeRoutes(app: App, deps: RouteDeps): void {
  const { log, settings, designLooks } = deps;
  const design = { log, api: settings.wiki?.api };
  const done = () => designLooks?.wake();
  commandRoute(app, deps, {
    method: 'POST',
    url: '/design-decisions',
    roles: writers,
    summary: 'Register a design decision',
    body: Registration,
    answer: DesignDecisionResource,
    creates: { at: ({ id }) => `/design-decisions/${id}` },
    statuses,
    prepare: ({ body }) => titleOf(deps, body.page),
    run: (tx, { body: { id, page: _, ...said }, who, prepared }) =>
      registerDecision(tx, design, { id, fields: { ...said, ...prepared }, actor: who.name }),
    done,
  });
  commandRoute(app, deps, {
    method: 'PUT',
    url: '/design-decisions/:id',
    roles: writers,
    summary: 'Change what is said of a design decision: this is all of it',
    params: Params,
    body: Whole,
    answer: DesignDecisionResource,
    statuses,
    prepare: ({ body }) => titleOf(deps, body.page),
    run: (tx, { params: { id }, body: { page: _, ...said }, who, prepared, matches }) =>
      changeDecision(tx, design, { id, actor: who.name, matches, to: () => ({ ...said, ...prepared }) }),
    done,
  });
  commandRoute(app, deps, {
    method: 'PATCH',
    url: '/design-decisions/:id',
    roles: writers,
    summary: 'Change some of what is said of a design decision',
    params: Params,
    body: Part,
    answer: DesignDecisionResource,
    statuses,
    prepare: ({ body }) => titleOf(deps, body.page),
    run: (tx, { params: { id }, body: { page: _, ...said }, who, prepared, matches }) => {
      const to = (known: DesignDecisionFields) => ({ ...known, ...said, ...prepared });
      return changeDecision(tx, design, { id, actor: who.name, matches, to });
    },
    done,
  });
  commandRoute(app, deps, {
    method: 'DELETE',
    url: '/design-decisions/:id',
    roles: writers,
    summary: 'Remove a design decision that was registered by mistake; its page stays as it is',
    params: Params,
    run: (tx, { params: { id }, who, matches }) =>
      removeDecision(tx, design, { id, actor: who.name, matches }),
  });
}
