import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { VmLease } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { commandRoute, type Service } from '@huismeester/service';
import { Type } from 'typebox';
import { isOfTeam } from '../core/may.ts';
import type { LeaseRules } from '../core/renew.ts';
import { leaseOf } from '../core/resource.ts';
import { goneOwner } from '../leasing/gone-owner.ts';
import { renewVm, undoRenewal } from '../leasing/renewal.ts';

/** A VM's lease is renewed by its owner, or by the team (PART-4). */
export function leaseRoutes(
  deps: Pick<Service<never>, 'database' | 'log' | 'clock' | 'ask'>,
  rules: LeaseRules,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/vms/:id/lease/renewal',
      roles: ['participant', 'trial', 'infrateam', 'board', 'administrator'],
      summary: 'Renew the lease of a VM that runs, to its whole length from now on',
      params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
      answer: VmLease,
      statuses: { 'not-allowed': 403, 'owner-gone': 403 },
      prepare: async ({ who }) =>
        isOfTeam(who) || who.person === undefined ? undefined : await goneOwner(deps, who.person),
      async run(tx, { params: { id }, who }) {
        const done = await renewVm(tx, { log: deps.log, actor: who.name, rules }, { vm: id, who });
        return isRefusal(done) ? done : leaseOf(done);
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/vms/:id/lease/renewal',
      roles: ['participant', 'trial', 'infrateam', 'board', 'administrator'],
      summary: 'Take back the renewal of a lease, within a minute: it ends as it did before',
      params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
      answer: VmLease,
      statuses: { 'not-allowed': 403 },
      async run(tx, { params: { id }, who }) {
        const done = await undoRenewal(tx, { log: deps.log, actor: who.name, rules }, { vm: id, who });
        return isRefusal(done) ? done : leaseOf(done);
      },
    });
  };
}
