import { request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import {
  createLogger,
  parseSettings,
  type RunningProcess,
  runServices,
  type ServiceContext,
} from '@huismeester/service';
import {
  type Slapd,
  startSlapd,
  type TestDirectory,
  type TestSite,
  tempSite,
  testDirectory,
  waitFor,
} from '@huismeester/testkit';
import { Attribute, Change, Client } from 'ldapts';
import { create } from '../src/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

export interface Question {
  readonly method?: string;
  readonly token?: string;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  /** By the address instead of the local socket. */
  readonly open?: boolean;
}

/** A space whose people are in a real slapd, with membership alone in its process. */
export interface Site {
  readonly site: TestSite;
  /** The server, where it is this space's own. */
  readonly slapd: Slapd | undefined;
  readonly running: RunningProcess;
  /** All that the program logged. */
  readonly logged: string[];
  ask(path: string, question?: Question): Promise<Answer>;
  /** As root for somebody, at the local socket. */
  askAs(uid: string, path: string, question?: Question): Promise<Answer>;
  logIn(uid: string, password?: string): Promise<Answer>;
  readonly dnOf: (uid: string) => string;
  readonly groupDn: (name: string) => string;
  /** Changes the directory as its administrator. */
  change(work: (client: Client, site: Site) => Promise<unknown>): Promise<void>;
  /** Has the directory read now. */
  read(): Promise<void>;
  events(query?: string): Promise<string[]>;
  /** By uid. */
  person(uid: string): Promise<Answer['body']>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const dnIn = (suffix: string) => (uid: string) => `uid=${uid},ou=people,${suffix}`;
const groupIn = (suffix: string) => (name: string) => `cn=${name},ou=groups,${suffix}`;

/** What a person has in the directory. */
export const personOf = (uid: string) => ({
  objectClass: 'inetOrgPerson',
  uid,
  cn: `Name of ${uid}`,
  sn: uid,
  mail: `${uid}@space.example`,
  userPassword: `secret-${uid}`,
});

function ldif({ people, groups }: SiteOptions, suffix: string): string {
  const [dnOf, groupDn] = [dnIn(suffix), groupIn(suffix)];
  const entry = (dn: string, lines: readonly (readonly [string, string])[]) =>
    `dn: ${dn}\n${lines.map(([name, value]) => `${name}: ${value}\n`).join('')}\n`;
  const folder = (ou: string) =>
    entry(`ou=${ou},${suffix}`, [
      ['objectClass', 'organizationalUnit'],
      ['ou', ou],
    ]);
  const group = ([cn, members]: [string, readonly string[]]) =>
    entry(groupDn(cn), [
      ['objectClass', 'groupOfNames'],
      ['cn', cn],
      ...members.map((each) => ['member', each.includes('=') ? each : dnOf(each)] as const),
    ]);
  return [
    folder('people'),
    folder('groups'),
    ...people.map((uid) => entry(dnOf(uid), Object.entries(personOf(uid)))),
    ...Object.entries(groups).map(group),
  ].join('');
}

export interface SiteOptions {
  readonly people: readonly string[];
  /** Uids, or DNs of others. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly writes?: boolean;
  readonly every?: string;
  /** A slapd that nobody else uses, so that it can be stopped. */
  readonly ownServer?: boolean;
  /** The secret that policy, in another process, shows. */
  readonly secret?: string;
  /** Those of the groups whose members administer something; the others are named by what they are for. */
  readonly adminGroups?: readonly string[];
  /** More of space.yaml. */
  readonly more?: string;
  /** Of the whole process. */
  readonly clock?: ServiceContext['clock'];
  /** What stands in the place of other services, and of the clock of membership. */
  readonly outside?: (context: ServiceContext) => Partial<Pick<ServiceContext, 'ask' | 'clock'>>;
}

export async function startSite(given: SiteOptions): Promise<Site> {
  const { groups, writes = false, every = '40s', ownServer = false, secret, outside, clock } = given;
  const { adminGroups = [], more = '' } = given;
  const entries = (suffix: string) => ldif(given, suffix);
  const [site, slapd, directory] = await Promise.all([
    tempSite('membership'),
    ownServer ? startSlapd({ suffix: 'dc=space', entries: entries('dc=space') }) : undefined,
    ownServer ? undefined : testDirectory({ entries }),
  ]);
  const { port, suffix, rootDn } = { suffix: 'dc=space', ...(slapd ?? (directory as TestDirectory)) };
  const [dnOf, groupDn] = [dnIn(suffix), groupIn(suffix)];
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(site.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { url: "${site.url}" }
secrets: { key: ${'k'.repeat(32)} }
${secret === undefined ? '' : `services: { policy: { url: "http://127.0.0.1:9", secret: ${secret} } }`}
directory:
  every: ${every}
  writes: ${writes ? 'groups' : 'off'}
  ldap:
    urls: [ldap://127.0.0.1:${port}]
    bindDn: ${rootDn}
    bindPassword: admin
    base: ou=people,${suffix}
    groups: { ${Object.keys(groups)
      .filter((name) => !adminGroups.includes(name))
      .map((name) => `${name}: "${groupDn(name)}"`)
      .join(', ')}${adminGroups.length > 0 ? `, admins: ${JSON.stringify(adminGroups.map(groupDn))}` : ''} }
${more}`;
  const settings = parseSettings(text, { file: join(site.path, 'space.yaml'), env: {}, readFile: () => '' });
  const logged: string[] = [];
  const destination = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ level: 'debug', destination });
  const membership = (context: ServiceContext) => create({ ...context, ...outside?.(context) });
  const options = { version: '1', logger, ...(clock && { clock }) };
  const start = () => runServices(settings, { membership }, options);
  let running = await start();
  const ask = (path: string, question: Question = {}) => askIt(running, path, question);
  const made: Site = {
    site,
    slapd,
    dnOf,
    groupDn,
    get running() {
      return running;
    },
    logged,
    ask,
    askAs: (uid, path, question = {}) =>
      ask(path, { ...question, headers: { ...question.headers, 'act-as': uid } }),
    logIn: (uid, password = `secret-${uid}`) =>
      ask('/sessions', { method: 'POST', json: { login: uid, password }, open: true }),
    async change(work) {
      const client = new Client({ url: `ldap://127.0.0.1:${port}` });
      try {
        await client.bind(rootDn, 'admin');
        await work(client, made);
      } finally {
        await client.unbind();
      }
    },
    async read() {
      await ask('/directory/read', { method: 'POST' });
    },
    async events(query = '') {
      const { body } = await ask(`/membership/events?limit=1000${query}`);
      return body.events.map(({ type }: { type: string }) => type);
    },
    async person(uid) {
      const { results } = (await ask('/people?limit=1000')).body;
      return results.find((each: { uid?: string }) => each.uid?.toLowerCase() === uid.toLowerCase());
    },
    async restart() {
      await running.close();
      running = await start();
    },
    async close() {
      await running.close();
      await slapd?.close();
      await site.remove();
    },
  };
  await waitFor(
    'the first read',
    async () => (await ask('/directory')).body.state !== 'unknown' || undefined,
  );
  return made;
}

/** Asks by the local socket, or by the address with a token. */
export function askIt(running: RunningProcess, path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', token, json, headers = {}, open = token !== undefined } = question;
  const url = open ? `${running.url}/api/v1${path}` : `http://local/api/v1${path}`;
  const options = {
    method,
    agent: false,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(!open && { socketPath: running.socket }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      const body = text === '' ? undefined : JSON.parse(text);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    });
    sent.on('error', reject).end(json === undefined ? undefined : JSON.stringify(json));
  });
}

/** Adds somebody to a group, or takes them out. */
export const inGroup =
  (operation: 'add' | 'delete', group: string, uid: string) =>
  (client: Client, { dnOf, groupDn }: Site) =>
    client.modify(groupDn(group), [
      new Change({ operation, modification: new Attribute({ type: 'member', values: [dnOf(uid)] }) }),
    ]);

export const add =
  (uid: string) =>
  (client: Client, { dnOf }: Site) =>
    client.add(dnOf(uid), personOf(uid));
export const remove =
  (uid: string) =>
  (client: Client, { dnOf }: Site) =>
    client.del(dnOf(uid));
