import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, PolicyText } from '@huismeester/contracts';
import { itemRoute } from '@huismeester/service';
import type { RouteDeps } from '../inside.ts';

const notSetUp: PolicyText = {
  source: '',
  state: 'not-set-up',
  why: 'settings name no page or file: policy.text.url or policy.text.file',
  sections: [],
};

/** `/policy-text`: the infra policy in its own words. */
export function policyTextRoutes({ policyLooks }: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    itemRoute(app, {
      url: '/policy-text',
      roles: everyRole,
      summary: 'The infra policy in its own words, with what a newer revision changes',
      item: PolicyText,
      find: async () => (await policyLooks?.resource()) ?? notSetUp,
    });
  };
}
