import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ItemFields, ItemId, ItemProposalResource, ItemResource, ProposalId } from '@huismeester/contracts';
import { commandRoute, listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { confirmProposals, dismissProposal, reopenProposal } from '../proposals/commands.ts';
import { readProposals } from '../proposals/read.ts';
import { itemStatuses } from './items.ts';
import { teamSide, writers } from './who.ts';

const closed = { additionalProperties: false };
const { stands_for: _, ...said } = ItemFields;
const Fields = Type.Partial(Type.Object(said)).properties;
const { name: __, ...ofAll } = Fields;
const Confirmation = Type.Union([
  Type.Object(
    {
      proposals: Type.Array(Type.Object({ id: ProposalId, item: Type.Optional(ItemId), ...Fields }, closed), {
        minItems: 1,
        maxItems: 2000,
        description: 'With what is to be otherwise than proposed',
      }),
    },
    closed,
  ),
  Type.Object({ all: Type.Literal(true), ...ofAll }, closed),
]);
const Dismissal = Type.Object(
  { because: Type.Optional(Type.String({ minLength: 3, maxLength: 500 })) },
  closed,
);
const Params = Type.Object({
  kind: Type.String({ pattern: '^[a-z]+$' }),
  id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
});

/** `/proposals`: what is seen, or named by the policy, and not registered (INFRA-2, CORE-3, SPACE-2). */
export function proposalRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/proposals',
      roles: teamSide,
      summary: 'What is there and not registered, those that were dismissed included',
      item: ItemProposalResource,
      order: ['id', 'kind', 'because'],
      filters: ['kind', 'because', 'dismissed'],
      all: () => readProposals(deps.database.orm, deps),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/proposals/confirmation',
      roles: writers,
      summary: 'Register what is proposed, all of it or nothing',
      body: Confirmation,
      answer: Type.Object({ items: Type.Array(ItemResource) }),
      statuses: { ...itemStatuses, 'not-proposed': 400 },
      async run(tx, { body, who: { name: actor } }) {
        if ('proposals' in body)
          return await confirmProposals(tx, deps, { confirmed: body.proposals, actor });
        const { all, ...fields } = body;
        return await confirmProposals(tx, deps, { confirmed: { all: fields }, actor });
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/proposals/:kind/:id',
      roles: writers,
      summary: 'It is not to be registered',
      params: Params,
      body: Dismissal,
      answer: ItemProposalResource,
      run: (tx, { params: { kind, id }, body: { because }, who, matches }) =>
        dismissProposal(tx, deps, { id: `${kind}/${id}`, because, actor: who.name, matches }),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/proposals/:kind/:id/reopening',
      roles: writers,
      summary: 'Propose again what was dismissed',
      params: Params,
      answer: ItemProposalResource,
      run: (tx, { params: { kind, id }, who, matches }) =>
        reopenProposal(tx, deps, { id: `${kind}/${id}`, actor: who.name, matches }),
    });
  };
}
