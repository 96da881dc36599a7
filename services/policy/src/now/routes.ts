import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Asked, Now, Site } from '@huismeester/contracts';
import { type Identity, itemRoute } from '@huismeester/service';
import type { RouteDeps } from '../deps.ts';
import { namesOf } from '../notices/names.ts';
import { askedItem, askedOf } from './asked.ts';
import { createKnown } from './known.ts';
import { createLast } from './last.ts';
import { mayReadNow } from './may-read.ts';
import { nowOf, publicPart } from './now.ts';
import { createVmNames } from './vm-names.ts';

/** Routes by which people, and displays, see how the space is. */
export function nowRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { page, database, log, clock, ask } = deps;
  const { site, publicNow, noLogin, plan, version, demo } = page;
  const vmNames = createVmNames(deps);
  const known = createKnown(deps, vmNames);
  const last = createLast(deps, vmNames);
  const askedOfPerson = async (person: string): Promise<Asked[]> => {
    const how = { plan, epoch: log.epoch, now: clock.now().getTime() };
    const rows = await askedOf(database.orm, person, how);
    const names = await namesOf(ask, rows);
    return rows.map((row) => askedItem(row, names, site.timezone));
  };
  const nowFor = async (who: Identity | undefined): Promise<Now> => {
    if (who === undefined) return publicPart(await known());
    if (isDisplay(who)) return publicPart(await known(), { power: true });
    const asked = who.person === undefined ? [] : await askedOfPerson(who.person);
    return { ...nowOf(await known()), asked, last: await last() };
  };
  return async (app) => {
    itemRoute(app, {
      url: '/site',
      roles: 'anyone',
      summary: 'What a page must know before anybody has logged in',
      item: Site,
      find: (_, request) => {
        const why = noLogin(request);
        return {
          ...site,
          version,
          demo,
          publicNow,
          ...(why && { noLogin: why }),
          ...(plan.publicUrl !== undefined && { publicUrl: plan.publicUrl }),
        };
      },
    });
    itemRoute(app, {
      url: '/now',
      roles: 'anyone-known',
      summary: 'How the space is, and what is asked of whoever asks',
      item: Now,
      find: (_, { asker }) => nowFor(mayReadNow(asker, publicNow)),
      // A page that asks again gets 304 while nothing has changed.
      tagged: ({ at: _, ...rest }) => rest,
    });
  };
}

/** A screen on a wall, and nobody else. */
function isDisplay({ roles }: Identity): boolean {
  return roles.every((role) => role === 'display');
}
