import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, ItemId, StewardId, StewardResource } from '@huismeester/contracts';
import { isRefusal, type Refusal } from '@huismeester/events';
import { commandRoute, type Identity, listRoute, personNamed } from '@huismeester/service';
import { Type } from 'typebox';
import { notForAnother } from '../core/steward.ts';
import type { RouteDeps } from '../inside.ts';
import { stewardResource, viewerOf, visible } from '../items/shown.ts';
import { addLearner, confirmStewardship, promoteLearner, removeStewardship } from '../stewards/commands.ts';
import { people } from './who.ts';

const Params = Type.Object({ id: StewardId });
const Learning = Type.Object(
  {
    item: ItemId,
    person: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        description: 'By login name, or by id; only the id is stored. Left out: oneself',
      }),
    ),
  },
  { additionalProperties: false },
);
const statuses = {
  'no-such-item': 400,
  'no-such-person': 400,
  'not-infra': 400,
  'not-allowed': 403,
  'not-yours': 403,
  'needs-another': 403,
  'people-unknown': 503,
};

/** `/stewards`: who can run what without help, and who learns to (TEAM-2). Long, since it is a list of routes. */
export function stewardRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { register } = deps;
  return async (app) => {
    listRoute(app, {
      url: '/stewards',
      roles: everyRole,
      summary:
        'Who can run what, and who learns to: all for the team and the board, for others those of their own items',
      item: StewardResource,
      order: ['item', 'person', 'since', 'confirmed_at'],
      filters: ['item', 'person', 'role'],
      async all(_, { who }) {
        const { stewardsOf } = await register.read();
        const viewer = viewerOf(who);
        return [...stewardsOf.values()].flatMap((all) => visible(all, viewer)).map(stewardResource);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/stewards',
      roles: people,
      person: true,
      summary: 'Begin to learn an item, or, as a full member, enter somebody who does (TEAM-2)',
      body: Learning,
      answer: StewardResource,
      creates: { at: ({ id }) => `/stewards/${id}` },
      statuses,
      prepare: async ({ body: { person }, who }) =>
        person === undefined ? (who.person ?? '') : await learnerNamed(deps, person, who),
      run: (tx, { body: { item }, who, prepared: person }) => addLearner(tx, deps, { who, item, person }),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/stewards/:id/promotion',
      roles: people,
      person: true,
      summary: 'Confirm that a learner can run it without help: another steward of it, or a full member',
      params: Params,
      answer: StewardResource,
      statuses,
      run: (tx, { params: { id }, who, matches }) => promoteLearner(tx, deps, { id, who, matches }),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/stewards/:id/confirmation',
      roles: people,
      person: true,
      summary: 'Say that one can still do it: a steward counts for 400 days (TEAM-2)',
      params: Params,
      answer: StewardResource,
      statuses,
      run: (tx, { params: { id }, who, matches }) => confirmStewardship(tx, deps, { id, who, matches }),
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/stewards/:id',
      roles: people,
      person: true,
      summary: 'Be no steward or learner of it any more; a full member says it of others too',
      params: Params,
      statuses,
      run: (tx, { params: { id }, who, matches }) => removeStewardship(tx, deps, { id, who, matches }),
    });
  };
}

/** Who may say it of themselves alone is not told whether there is somebody with another name (PRIV-1). */
async function learnerNamed(
  deps: RouteDeps,
  typed: string,
  { person: asker = '', roles }: Identity,
): Promise<string | Refusal> {
  const found = await personNamed(deps, typed, 'TEAM-2');
  const isFull = roles.includes('infrateam') || roles.includes('administrator');
  const isKnown = !isRefusal(found) || found.code === 'no-such-person' || found.code === 'account-disabled';
  const refused = isKnown
    ? notForAnother(isRefusal(found) ? '' : found, { person: asker, isFull })
    : undefined;
  return refused ?? found;
}
