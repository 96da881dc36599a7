import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { systemClock } from '@huismeester/clock';
import type { SpaceSettings } from '@huismeester/contracts';
import { openDatabase } from '@huismeester/database';
import { tempSite } from '@huismeester/testkit';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { openAccess } from '../../src/access/access.ts';
import { type Access, type Role, type RunningProcess, runServices } from '../../src/index.ts';
import { openApp } from '../../src/process/open-app.ts';
import { type Answer, ask, type Question } from './ask.ts';
import { allRoles, sampleService } from './service.ts';
import { siteIn } from './settings.ts';

/** Where people reach it, say the settings; nothing is there. */
export const publicUrl = 'https://huismeester.space.example';
export const serviceSecret = 'of-policy-of-this-site';

/** Two processes of a site on one database; only the first has a service, which writes who people are. */
export interface AccessSite {
  readonly first: RunningProcess;
  readonly second: { readonly url: string };
  readonly access: Access;
  /** Has these be the people with these uids and roles, and the directory read now. */
  save(people: Readonly<Record<string, readonly Role[]>>): Promise<void>;
  logIn(uid: string): Promise<{ id: string; secret: string }>;
  /** Asks the second process. */
  ask(path: string, token?: string, question?: Question): Promise<Answer>;
  /** Asks the first one over its local socket. */
  local(path: string, question?: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** What any process could have: who asks, a route for each role, and one for people alone. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/me', { config: { roles: 'identified' } }, async ({ who }) => who);
  for (const role of allRoles) app.get(`/${role}`, { config: { roles: [role] } }, async ({ who }) => who);
  app.get('/vote', { config: { roles: allRoles, person: true } }, async ({ who }) => who);
};

export async function startAccessSite(
  ids: Readonly<Record<string, string>>,
  { logger, key }: { logger: Logger; key: string },
): Promise<AccessSite> {
  const site = await tempSite('access');
  const given = siteIn(
    site.path,
    `services: { policy: { url: "http://127.0.0.1:9", secret: ${serviceSecret} } }
secrets: { key: "${key}" }`,
    site.url,
  );
  const settings = { ...given, http: { ...given.http, publicUrl } };
  const sample = sampleService();
  const options = { version: '1', logger, extraRoutes: routes };
  const first = await runServices(settings, { 'ups-monitor': sample.create }, options);
  const { access } = sample.context ?? {};
  if (!access) throw new Error('the sample was not created');
  const second = await secondProcess(settings, logger);
  const { database } = first;
  return {
    first,
    second,
    access,
    save: (people) =>
      database.transaction(async (tx) => {
        const saved = Object.entries(people).map(([uid, roles]) => {
          const uidHash = access.uidHash(uid) ?? 'there is no key';
          return { id: ids[uid] ?? '', uidHash, roles };
        });
        await access.people.save(tx, saved);
        await access.people.readWhole(tx, new Date());
      }),
    logIn: (uid) => database.transaction((tx) => access.sessions.create(tx, ids[uid] ?? '')),
    ask: (path, token, question = {}) => ask(`${second.url}${path}`, { token, ...question }),
    local: (path, question = {}) => ask(`http://local${path}`, { ...question, socket: first.socket }),
    async close() {
      await Promise.all([first.close(), second.close()]);
      await site.remove();
    },
  };
}

/** All that answers HTTP of another process on the same database, which has no services. */
async function secondProcess(settings: SpaceSettings, logger: Logger) {
  const clock = systemClock;
  const database = await openDatabase(settings.database, { logger });
  const { key } = settings.secrets;
  const access = await openAccess({ database, clock, logger, key });
  const app = await openApp({
    settings,
    database,
    clock,
    metrics: new Registry(),
    version: '1',
    demo: false,
    extraRoutes: routes,
    logger,
    access,
    running: [],
    brokerProblem: undefined,
    moreParts: () => [],
    isLocal: () => false,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const close = async () => {
    await app.close();
    await database.close();
  };
  return { url, close };
}
