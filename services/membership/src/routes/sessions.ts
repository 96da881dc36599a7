import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PersonId, Role, SessionResource } from '@huismeester/contracts';
import { refuse } from '@huismeester/events';
import {
  commandRoute,
  forgetSession,
  keepSession,
  listRoute,
  networkOf,
  Problem,
  refuseForeignPage,
  refusePlainPassword,
  shownSessions,
} from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { checkBody } from '../login/check-body.ts';
import { isThere, logIn, refuseEarly, unknownDirectory } from '../login/log-in.ts';
import { sameTime } from '../login/same-time.ts';
import { person } from '../schema.ts';

const Login = Type.Object(
  {
    login: Type.String({ description: 'The uid, or a mail address' }),
    password: Type.String({ writeOnly: true }),
  },
  { additionalProperties: false },
);

const Made = Type.Object({
  ...SessionResource.properties,
  secret: Type.String({ description: 'Shown this once: send it as a bearer token' }),
  person: PersonId,
  roles: Type.Array(Role),
});

/** A password of 1 MB is refused as one that is too long, by its field. */
const bodyLimit = 2 * 1024 * 1024;

/** Sessions of people: logging in with the directory's password, and out. Long, since it is a list of routes. */
export function sessionRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, access, settings, opened, memory, logger } = deps;
  return async (app) => {
    app.post(
      '/sessions',
      {
        config: { roles: 'anyone' },
        schema: {
          summary: 'Log in; what it answers is shown this once, and a browser also keeps it as a cookie',
          body: Login,
          response: { 201: Made },
        },
        bodyLimit,
        onRequest: [
          sameTime.onRequest,
          async (request) => {
            refuseForeignPage(request);
            if (opened) refuseEarly(opened, addressOf(request));
          },
        ],
        onSend: sameTime.onSend,
      },
      async (request, reply) => {
        refusePlainPassword(request, settings);
        if (opened === undefined) throw noDirectory();
        checkBody(request.body);
        const { login, password } = request.body;
        const id = await logIn({ ...deps, ...opened, memory }, login, password, addressOf(request));
        const session = await database.transaction(async (tx) => {
          // First, as a read of the directory has it: one may have come in between, and the person be gone.
          const [row] = await tx.select().from(person).where(isThere(id)).for('share');
          if (row === undefined) return undefined;
          // Whoever put a cookie into this browser must not have a part in what comes after.
          for (const shown of shownSessions(request)) await access.sessions.endShown(tx, shown);
          return { ...(await access.sessions.create(tx, id)), roles: row.roles };
        });
        if (session === undefined) throw unknownDirectory('You left the directory in this moment');
        logger.info({ session: session.id, person: id }, 'session made');
        keepSession(request, reply, session);
        void reply
          .code(201)
          .header('location', `/api/v1/sessions/${session.id}`)
          .header('cache-control', 'no-store');
        return {
          id: session.id,
          created: session.created.toISOString(),
          expires: session.expires.toISOString(),
          current: true,
          secret: session.secret,
          person: id,
          roles: session.roles,
        };
      },
    );
    listRoute(app, {
      url: '/sessions',
      roles: 'identified',
      person: 'session',
      summary: 'One’s own sessions',
      item: SessionResource,
      order: ['-created', 'expires'],
      all: async (_, { who }) => {
        const own = await access.sessions.of(who.person ?? '');
        return own.map((each) => sessionResource(each, who.session));
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/sessions/:id',
      roles: 'identified',
      person: 'session',
      summary: 'Log out: `current`, or another session of one’s own',
      params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
      async run(tx, { params, who }) {
        const id = params.id === 'current' ? who.session : params.id;
        const ended = id !== undefined && (await access.sessions.end(tx, who.person ?? '', id));
        return ended ? undefined : refuse('not-found', 'You have no such session');
      },
      done: (_, { params: { id }, who }, request, reply) => {
        if (id === 'current' || id === who.session) forgetSession(request, reply);
      },
    });
  };
}

/** What wrong logins are counted by; the local socket has no address, whatever the type says. */
function addressOf({ ip }: { readonly ip: string | undefined }): string {
  return ip === undefined ? 'the local socket' : networkOf(ip);
}

/** A session as its person sees it. */
export function sessionResource(
  { id, created, expires }: { id: string; created: Date; expires: Date },
  current: string | undefined,
): SessionResource {
  return {
    id,
    created: created.toISOString(),
    expires: expires.toISOString(),
    current: id === current,
  };
}

/** What needs a directory is refused where there is none. */
export function noDirectory(): Problem {
  const detail = 'space.yaml names no `directory`; `huismeester init --ldap` proposes one';
  return new Problem(409, 'no-directory', 'There is no directory', { detail });
}
