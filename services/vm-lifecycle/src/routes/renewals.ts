import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { OwnershipId, PersonId, Timestamp } from '@huismeester/contracts';
import { isRefusal } from '@huismeester/events';
import { type Service, signedLinkRoute, verifyLink } from '@huismeester/service';
import { Type } from 'typebox';
import type { LeaseRules } from '../core/renew.ts';
import { goneOwner } from '../leasing/gone-owner.ts';
import { renewByLink } from '../leasing/renewal.ts';
import { renewalPage } from './renewal-page.ts';

/** What is signed in the link of a warning; it stands in the fragment of the address of the page. */
const Payload = Type.Object({
  lease: OwnershipId,
  number: Type.Integer({ minimum: 1 }),
  ends: Timestamp,
  person: PersonId,
  until: Timestamp,
});

const Answer = Type.Object({
  result: Type.Enum(['renewed', 'over', 'used', 'another', 'off', 'refused', 'invalid'] as const, {
    description: '`invalid`: no link of ours; anything but `renewed` has changed nothing',
  }),
  ends: Type.Optional(Timestamp),
});

const results: Readonly<Record<string, 'over' | 'used' | 'another' | 'off' | 'refused'>> = {
  'no-lease': 'over',
  'link-ended': 'over',
  'link-used': 'used',
  'link-of-another': 'another',
  'not-running': 'off',
  'renewals-used': 'refused',
};

/**
 * The page behind the link of a warning, and what it posts. The page itself changes nothing, whoever gets it: what is signed stands in the fragment,
 * which no browser, proxy or scanner of mails sends along.
 */
export function renewalRoutes(
  { database, log, settings, ask }: Pick<Service<'secrets'>, 'database' | 'log' | 'settings' | 'ask'>,
  rules: LeaseRules,
): FastifyPluginAsyncTypebox {
  const { key } = settings.secrets;
  return async (app) => {
    signedLinkRoute(app, '/renewals', renewalPage);
    const schema = {
      summary: 'Renew the lease that a link of a warning names: once, and until the planned stop',
      body: Type.Object({ link: Type.String({ maxLength: 2_000 }) }, { additionalProperties: false }),
      response: { 200: Answer },
    };
    app.post('/renewals', { config: { roles: 'anyone' }, schema }, async ({ body: { link } }, reply) => {
      void reply.header('cache-control', 'no-store');
      const payload = key === undefined ? undefined : verifyLink(key, Payload, link);
      if (payload === undefined) return { result: 'invalid' as const };
      if (await goneOwner({ ask }, payload.person)) return { result: 'refused' as const };
      const done = await database.transaction((tx) => renewByLink(tx, { log, rules }, payload));
      if (isRefusal(done)) return { result: results[done.code] ?? ('refused' as const) };
      return { result: 'renewed' as const, ends: done.ends.toISOString() };
    });
  };
}
