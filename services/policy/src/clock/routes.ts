import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Clock, everyRole } from '@huismeester/contracts';
import { newEvent } from '@huismeester/events';
import { commandRoute, itemRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import type { RouteDeps } from '../deps.ts';
import { type ClockFact, theClock } from '../facts/clock.ts';
import { clockStore } from '../facts/store.ts';
import { clock as clockTable } from '../schema.ts';

const accepts = ['administrator', 'infrateam'] as const;

/** Routes of the civil clock: whether it is believed, and that somebody looked at it. */
export function clockRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log, clock } = deps;
  const here = eq(clockTable.key, theClock);
  return async (app) => {
    itemRoute(app, {
      url: '/clock',
      roles: everyRole,
      summary: 'Whether the civil clock is believed; while it is not, no lease expires',
      item: Clock,
      find: async () => {
        const [row] = await database.orm.select().from(clockTable).where(here);
        return toResource(row?.state);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/clock/acceptance',
      roles: accepts,
      summary: 'The clock was looked at, and is right: leases expire again',
      answer: Clock,
      async run(tx, { who }) {
        const [row] = await tx.select().from(clockTable).where(here).for('update');
        if (!row?.state.insane) return toResource(row?.state);
        const accepted: ClockFact = { acceptedAt: clock.now().getTime() };
        await clockStore.save(tx, theClock, accepted);
        await log.append(tx, [newEvent('clock.accepted', `clock/${theClock}`, {}, { actor: who.name })]);
        return toResource(accepted);
      },
    });
  };
}

function toResource({ insane, acceptedAt }: ClockFact = {}): Clock {
  return {
    believed: insane === undefined,
    ...(insane && { why: insane.why, since: new Date(insane.since).toISOString() }),
    ...(acceptedAt !== undefined && { acceptedAt: new Date(acceptedAt).toISOString() }),
  };
}
