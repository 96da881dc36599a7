import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { MeResource, PreferencesResource } from '@huismeester/contracts';
import { isRefusal, refuse } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { Type } from 'typebox';
import type { RouteDeps } from '../inside.ts';
import { choose } from '../people/choose.ts';
import { exportOf } from '../people/export.ts';
import { chosenBy, preferences } from '../people/preferences.ts';
import { member, person as people } from '../schema.ts';
import { sessionResource } from './sessions.ts';

/** What somebody sees and changes of themselves. */
export function meRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log } = deps;
  return async (app) => {
    itemRoute(app, {
      url: '/me',
      roles: 'identified',
      summary: 'Who asks, and what they may',
      item: MeResource,
      find: (_, { who }) => me(deps, who),
    });
    itemRoute(app, {
      url: '/me/preferences',
      roles: 'identified',
      person: 'session',
      summary: 'What one chose for oneself',
      item: PreferencesResource,
      find: (_, { who }) => chosenBy(database.orm, who.person ?? ''),
    });
    commandRoute(app, deps, {
      method: 'PUT',
      url: '/me/preferences',
      roles: 'identified',
      person: 'session',
      summary: 'Choose for oneself; what is left out is as for everybody',
      body: Type.Object(PreferencesResource.properties, { additionalProperties: false }),
      answer: PreferencesResource,
      statuses: { 'invalid-request': 400 },
      async run(tx, { body, who: { person = '', name }, matches }) {
        const stale = () => refuse('stale', 'Your preferences have changed; read them again');
        const done = await preferences.handle(tx, {
          log,
          id: person,
          actor: name,
          ifMatch: ({ state }) => matches(state.chosen),
          // Also where nothing was chosen yet there is something to compare with.
          decide: (state) => (state === undefined && !matches({}) ? stale() : choose(person, body)),
        });
        return isRefusal(done) ? done : (done.state?.chosen ?? {});
      },
    });
    app.get(
      '/me/export',
      {
        config: { roles: 'identified', person: 'session' },
        schema: { summary: 'All that is kept about oneself', response: { 200: Type.Unknown() } },
      },
      async ({ who }, reply) => {
        void reply.header('cache-control', 'no-store');
        return exportOf(deps, who.person ?? '');
      },
    );
  };
}

async function me({ database, memory, access }: RouteDeps, who: Identity): Promise<MeResource> {
  const base = { name_in_log: who.name, roles: [...who.roles] };
  const { person } = who;
  if (person === undefined) return base;
  const [register] = await database.orm.select().from(member).where(eq(member.id, person));
  const [row] = await database.orm
    .select({ groups: people.groups })
    .from(people)
    .where(eq(people.id, person));
  const shown = memory.shown(person);
  const sessions = who.session === undefined ? [] : await access.sessions.of(person);
  const current = sessions.find(({ id }) => id === who.session);
  return {
    ...base,
    person,
    ...(shown && { uid: shown.uid, mail: [...shown.mails] }),
    ...(shown?.name !== undefined && { name: shown.name }),
    ...(row && { groups: row.groups.map((group) => ({ group, path: [...memory.path(person, group)] })) }),
    ...(shown && { ssh_keys: [...shown.sshKeys] }),
    ...(register && { register: register.state }),
    ...(current && { session: sessionResource(current, who.session) }),
  };
}
