import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Now, Site } from '@huismeester/contracts';
import { itemRoute } from '@huismeester/service';
import type { RouteDeps } from '../deps.ts';
import { namesOf } from '../notices/names.ts';
import { askedItem, askedOf } from './asked.ts';
import { mayReadNow } from './may-read.ts';
import { nowOf, publicPart, type Source, withAsked } from './now.ts';

/** Routes by which people, and displays, see how the space is. */
export function nowRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { page, database, log, clock, settings, loop, view, sources, ask } = deps;
  const { site, publicNow, loginPossible, plan, version, demo } = page;
  const { timezone } = site;
  const startedAt = clock.now().getTime();
  const whole = () =>
    nowOf({
      found: loop.latest(),
      space: view.space(clock.now().getTime()),
      sources: sourcesOf(sources.readings()),
      settings,
      timezone,
      startedAt,
    });
  const asked = async (person: string) => {
    const how = { plan, epoch: log.epoch, now: clock.now().getTime() };
    const rows = await askedOf(database.orm, person, how);
    const names = await namesOf(ask, rows);
    return rows.map((row) => askedItem(row, names, timezone));
  };
  return async (app) => {
    itemRoute(app, {
      url: '/site',
      roles: 'anyone',
      summary: 'What a page must know before anybody has logged in',
      item: Site,
      find: () => ({ ...site, version, demo, loginPossible, publicNow }),
    });
    itemRoute(app, {
      url: '/now',
      roles: 'anyone-known',
      summary: 'How the space is, and what is asked of whoever asks',
      item: Now,
      async find(_, { asker }) {
        const who = mayReadNow(asker, publicNow);
        if (who === undefined) return publicPart(whole(), timezone);
        if (who.roles.includes('display')) return publicPart(whole(), timezone, { power: true });
        return withAsked(whole(), who.person === undefined ? [] : await asked(who.person));
      },
    });
  };
}

/** Each log once, by its worst reader. */
function sourcesOf(readings: ReturnType<RouteDeps['sources']['readings']>): Source[] {
  const found = new Map<string, Source>();
  for (const { source, lag, caughtUp, awaySince } of readings) {
    const before = found.get(source)?.state;
    if (awaySince !== undefined) {
      found.set(source, { service: source, state: 'away', since: new Date(awaySince).toISOString() });
    } else if (before !== 'away') {
      const isBehind = before === 'behind' || !caughtUp || (lag ?? 0) > 0;
      found.set(source, { service: source, state: isBehind ? 'behind' : 'fresh' });
    }
  }
  return [...found.values()];
}
