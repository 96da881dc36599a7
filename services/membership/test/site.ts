import { request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createLogger, parseSettings, type RunningProcess, runServices } from '@huismeester/service';
import { type Slapd, startSlapd, type TestSite, tempSite, waitFor } from '@huismeester/testkit';
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
  readonly slapd: Slapd;
  readonly running: RunningProcess;
  /** All that the program logged. */
  readonly logged: string[];
  ask(path: string, question?: Question): Promise<Answer>;
  logIn(uid: string, password?: string): Promise<Answer>;
  /** Changes the directory as its administrator. */
  change(work: (client: Client) => Promise<unknown>): Promise<void>;
  /** Has the directory read now. */
  read(): Promise<void>;
  events(query?: string): Promise<string[]>;
  /** By uid. */
  person(uid: string): Promise<Answer['body']>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const suffix = 'dc=space';
export const dnOf = (uid: string) => `uid=${uid},ou=people,${suffix}`;
export const groupDn = (name: string) => `cn=${name},ou=groups,${suffix}`;

export function personEntry(uid: string, more = ''): string {
  return `dn: ${dnOf(uid)}
objectClass: inetOrgPerson
uid: ${uid}
cn: Name of ${uid}
sn: ${uid}
mail: ${uid}@space.example
userPassword: secret-${uid}
${more}
`;
}

function groupEntry(name: string, members: readonly string[]): string {
  const lines = members.map((each) => `member: ${each.includes('=') ? each : dnOf(each)}\n`).join('');
  return `dn: ${groupDn(name)}\nobjectClass: groupOfNames\ncn: ${name}\n${lines}\n`;
}

const folder = (name: string) => `dn: ou=${name},${suffix}\nobjectClass: organizationalUnit\nou: ${name}\n\n`;

export interface SiteOptions {
  readonly people: readonly string[];
  /** Uids, or DNs of others. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly writes?: boolean;
  readonly every?: string;
}

export async function startSite({
  people,
  groups,
  writes = false,
  every = '50s',
}: SiteOptions): Promise<Site> {
  const entries = [
    folder('people'),
    folder('groups'),
    ...people.map((uid) => personEntry(uid)),
    ...Object.entries(groups).map(([name, members]) => groupEntry(name, members)),
  ].join('');
  const [site, slapd] = await Promise.all([tempSite('membership'), startSlapd({ suffix, entries })]);
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(site.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { url: "${site.url}" }
secrets: { key: ${'k'.repeat(32)} }
directory:
  every: ${every}
  writes: ${writes ? 'groups' : 'off'}
  ldap:
    urls: [ldap://127.0.0.1:${slapd.port}]
    bindDn: ${slapd.rootDn}
    bindPassword: admin
    base: ou=people,${suffix}
    groups: { ${Object.keys(groups)
      .map((name) => `${name}: "${groupDn(name)}"`)
      .join(', ')} }
`;
  const settings = parseSettings(text, { file: join(site.path, 'space.yaml'), env: {}, readFile: () => '' });
  const logged: string[] = [];
  const destination = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ level: 'debug', destination });
  const start = () => runServices(settings, { membership: create }, { version: '1', logger });
  let running = await start();
  const ask = (path: string, question: Question = {}) => askIt(running, path, question);
  const made: Site = {
    site,
    slapd,
    get running() {
      return running;
    },
    logged,
    ask,
    logIn: (uid, password = `secret-${uid}`) =>
      ask('/sessions', { method: 'POST', json: { login: uid, password }, open: true }),
    async change(work) {
      const client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
      try {
        await client.bind(slapd.rootDn, 'admin');
        await work(client);
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
      return (await ask(`/people?uid=${encodeURIComponent(uid)}`)).body.results[0];
    },
    async restart() {
      await running.close();
      running = await start();
    },
    async close() {
      await running.close();
      await slapd.close();
      await site.remove();
    },
  };
  await waitFor(
    'the first read',
    async () => (await ask('/directory')).body.state !== 'unknown' || undefined,
  );
  return made;
}

function askIt(running: RunningProcess, path: string, question: Question): Promise<Answer> {
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
export const inGroup = (operation: 'add' | 'delete', group: string, uid: string) => (client: Client) =>
  client.modify(groupDn(group), [
    new Change({ operation, modification: new Attribute({ type: 'member', values: [dnOf(uid)] }) }),
  ]);

export const setAttribute = (uid: string, type: string, values: string[]) => (client: Client) =>
  client.modify(dnOf(uid), [
    new Change({ operation: 'replace', modification: new Attribute({ type, values }) }),
  ]);
