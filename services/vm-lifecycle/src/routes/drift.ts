import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Drift } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import { isOfTeam, readsAsTeam } from '../core/may.ts';
import { readDrift } from '../owning/drift.ts';
import type { PeopleDeps } from './people-deps.ts';

/** Where our records and Proxmox differ: of one's own VMs, and of all for those who read as the team. */
export function driftRoutes({ database, clock }: PeopleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    listRoute(app, {
      url: '/drift',
      roles: ['administrator', 'infrateam', 'trial', 'board', 'participant'],
      summary:
        'Where our records of VMs and Proxmox differ, with both sides and who acts; VMs without an owner too',
      item: Drift,
      order: ['vm', 'what'],
      filters: ['vm', 'what', 'acts'],
      all: async (_, { who }) => {
        const sees = isOfTeam(who) || readsAsTeam(who);
        const found = await readDrift(database.orm, clock.now());
        return found
          .filter(({ owner }) => sees || (owner !== undefined && owner === who.person))
          .flatMap(({ drift }) => drift);
      },
    });
  };
}
