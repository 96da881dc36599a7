import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, Lease, Timestamp } from '@huismeester/contracts';
import { listRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { armedModes } from '../../arming/mode.ts';
import type { RouteDeps } from '../../deps.ts';
import { leaseRule } from '../../desired/lease-rows.ts';
import { noRows, ownModes } from '../../desired/look.ts';
import { mineOf } from '../../desired/mine.ts';
import type { Passed } from '../../desired/pass-runner.ts';
import { presences } from '../../desired/presence.ts';
import { holdsOfPresent, openHolds } from '../../facts/hold.ts';
import { maySee } from '../../people/may-see.ts';
import { rules } from '../index.ts';
import { type Found, findLeases, lease as rule } from './rule.ts';
import type { LeaseRow } from './state.ts';
import { leaseView } from './view.ts';

const dayMs = 24 * 3_600_000;

/** The route of leases, as the newest pass found them. */
export function leaseRoutes({ loop, settings, clock, log }: RouteDeps): FastifyPluginAsyncTypebox {
  const found = (now: number): Found | undefined => {
    const latest = loop.latest();
    return latest && foundIn(latest, now, { settings, epoch: log.epoch });
  };
  return async (app) => {
    listRoute(app, {
      url: '/leases',
      roles: everyRole,
      summary: 'How long VMs of participants may run, and when each is shut down',
      item: Lease,
      order: ['plannedStop', 'ends', 'vm', 'lease'],
      filters: ['vm', 'state', 'owner'],
      query: {
        endsBefore: Type.Optional({ ...Timestamp, description: 'Those whose planned stop is before this' }),
        days: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 365, description: 'The same: within so many days' }),
        ),
      },
      all: ({ endsBefore, days }, { who }) => {
        const now = clock.now().getTime();
        const until = Math.min(
          endsBefore === undefined ? Number.POSITIVE_INFINITY : Date.parse(endsBefore),
          days === undefined ? Number.POSITIVE_INFINITY : now + days * dayMs,
        );
        const all = found(now);
        return (all?.looked ?? []).flatMap((each) => {
          if (each.planned >= until) return [];
          const { owner, ...shown } = leaseView(each, all as Found);
          return [maySee(who, `person/${owner}`) ? { owner, ...shown } : shown];
        });
      },
    });
  };
}

function foundIn(
  { pass, facts, stored }: Passed,
  now: number,
  { settings, epoch }: Pick<RouteDeps, 'settings'> & { readonly epoch: string },
): Found {
  const modes = armedModes(stored.modes, rules, settings);
  const known = { ...facts, hold: holdsOfPresent(openHolds(facts.hold, now), facts.vm) };
  const mine = mineOf(leaseRule, pass.after.desired, presences(facts), { epoch, modes });
  const memory = (pass.after.rules.get(leaseRule) ?? noRows) as ReadonlyMap<string, LeaseRow>;
  const context = { now, startedAt: now, epoch, settings, mine, modes: ownModes(rule, modes) };
  return findLeases(known, memory, context);
}
