import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { everyRole, NoticeResource, PersonId } from '@huismeester/contracts';
import { refuse } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute, listRoute } from '@huismeester/service';
import { and, eq } from 'drizzle-orm';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { readersOfPeople } from '../people/may-see.ts';
import { notice as table } from '../schema.ts';
import { isTo, readNoticePage } from './page.ts';
import { queueNotices } from './queue.ts';
import { wholeTeam } from './says.ts';

const reads = everyRole;
/** Who may have a test sent to anybody; everybody else to themselves. */
const tests = ['administrator', 'infrateam'] as const;
const asks = ['participant', 'trial', 'infrateam', 'board', 'administrator'] as const;
const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** What is sent to people, and sending somebody a test. Long, since it is a list of routes. */
export function noticeRoutes({ sender, ...deps }: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, clock } = deps;
  const mine = (who: Identity) =>
    readersOfPeople.some((role) => who.roles.includes(role)) ? undefined : (who.person ?? 'nobody');
  return async (app) => {
    listRoute(app, {
      url: '/notices',
      roles: reads,
      summary: 'What is sent to people, and what became of it',
      item: NoticeResource,
      order: ['queued', 'kind', 'about', 'state'],
      filters: ['kind', 'about', 'state', 'to', 'urgency'],
      page: async (query, { who }) => {
        const { results, count } = await readNoticePage(database, { ...query, of: mine(who) });
        return { results: results.map(resource), count };
      },
    });
    itemRoute(app, {
      url: '/notices/:id',
      roles: reads,
      summary: 'One notice',
      item: NoticeResource,
      params: Params,
      find: async ({ id }, { who }) => {
        const [row] = await database.orm
          .select()
          .from(table)
          .where(and(eq(table.id, id), isTo(mine(who))));
        return row && resource(row);
      },
      missing: ({ id }) => `There is no notice ${id} to you`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/notices/test',
      roles: asks,
      summary: 'Send somebody a message, to see whether mail reaches them',
      body: Type.Object({ person: PersonId }, { additionalProperties: false }),
      answer: NoticeResource,
      creates: { at: ({ id }) => `/notices/${id}` },
      statuses: { 'not-yours': 403 },
      async run(tx, { body: { person }, who }) {
        if (person !== who.person && !tests.some((role) => who.roles.includes(role))) {
          return refuse('not-yours', 'Only the team sends a test to somebody else', {
            clause: 'TEAM-4',
            errors: [{ field: 'body.person', found: person, allowed: 'yourself' }],
          });
        }
        const now = clock.now();
        const [kind, subject, moment] = ['test', 'mail/test', now.toISOString()];
        const about = {
          to: { person },
          urgency: 'now',
          severity: 'info',
          clause: 'TEAM-4',
          reasons: [],
        } as const;
        await queueNotices(tx, [{ kind, subject, moment, ...about }], now);
        const which = [eq(table.person, person), eq(table.kind, kind), eq(table.moment, moment)];
        const [row] = await tx
          .select()
          .from(table)
          .where(and(...which));
        if (row === undefined) throw new Error('a notice was queued and is not there');
        return resource(row);
      },
      done: () => sender.wake(),
    });
  };
}

function resource(row: typeof table.$inferSelect): NoticeResource {
  const { id, kind, subject, moment, person, urgency, state, queuedAt, nextAt, endedAt, attempts, error } =
    row;
  return {
    id,
    kind,
    about: subject,
    moment,
    to: person === wholeTeam ? 'team' : person,
    urgency,
    state,
    queued: queuedAt.toISOString(),
    ...(nextAt && { next: nextAt.toISOString() }),
    ...(endedAt && { ended: endedAt.toISOString() }),
    attempts,
    ...(error !== null && { error }),
  };
}
