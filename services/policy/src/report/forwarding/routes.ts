import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Tx } from '@huismeester/database';
import { isRefusal } from '@huismeester/events';
import { signedLinkRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import type { RouteDeps } from '../../deps.ts';
import { isOfBoard } from '../../facts/of-team.ts';
import { person as table } from '../../schema.ts';
import { forward } from '../commands.ts';
import { forwardedIn, path, results } from './link.ts';
import { forwardingPage } from './page.ts';

const Answer = Type.Object({
  result: Type.Enum(results, {
    description: '`invalid`: no link of ours; anything but `forwarded` has changed nothing',
  }),
});

/** That a report was passed on, said by the link in its mail: one click, without logging in (BOARD-2). */
export function forwardingRoutes({ database, log, clock, reports }: RouteDeps): FastifyPluginAsyncTypebox {
  const { key } = reports.links;
  return async (app) => {
    signedLinkRoute(app, path, forwardingPage);
    const schema = {
      summary: 'Say that the report that a link of its mail names was passed on to the rest of the board',
      body: Type.Object({ link: Type.String({ maxLength: 2_000 }) }, { additionalProperties: false }),
      response: { 200: Answer },
    };
    app.post(path, { config: { roles: 'anyone' }, schema }, async ({ body: { link } }, reply) => {
      void reply.header('cache-control', 'no-store');
      const said = forwardedIn(key, link);
      if (said === undefined) return { result: 'invalid' as const };
      return await database.transaction(async (tx) => {
        if (!(await isInBoard(tx, said.person))) return { result: 'not-board' as const };
        const by = { actor: `person:${said.person}`, now: clock.now() };
        const done = await forward(tx, log, said.report, by);
        if (isRefusal(done)) return { result: 'missing' as const };
        return { result: done.isFirst ? ('forwarded' as const) : ('already' as const) };
      });
    });
  };
}

/** Whether the directory has this person in the board now. */
async function isInBoard(tx: Tx, id: string): Promise<boolean> {
  const [known] = await tx.select({ state: table.state }).from(table).where(eq(table.key, id));
  return known !== undefined && isOfBoard(known.state);
}
