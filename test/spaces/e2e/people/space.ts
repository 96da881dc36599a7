import { join } from 'node:path';
import { createLogger, parseSettings, type RunningProcess, runServices } from '@huismeester/service';
import { loadServices, version } from '@huismeester/standalone/space';
import { collectLines, startMailServer, tempSite, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { type Dispatcher, Pool } from 'undici';
import { mailOf, type PeopleDirectory, readerPassword, startDirectory } from './directory.ts';

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  /** By the local socket instead of the address. */
  readonly locally?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly json: any;
}

/** A question and its answer. */
export interface Exchange extends Answer {
  readonly method: string;
  readonly path: string;
}

/** All services in the process of the test, with a directory of people; nothing else is there. */
export interface PeopleSpace {
  readonly directory: PeopleDirectory;
  readonly running: RunningProcess;
  readonly databaseUrl: string;
  /** All that was asked so far. */
  readonly exchanges: readonly Exchange[];
  /** All that it logged, at the level debug. */
  logged(): string;
  ask(path: string, question?: Question): Promise<Exchange>;
  /** Has the directory read. */
  read(): Promise<void>;
  execute(statement: string): Promise<unknown>;
  close(): Promise<void>;
}

/** What stands in its settings, and may stand nowhere else. */
export const secrets = {
  key: 'zqgeheim that uids are hashed with',
  service: 'zqgeheim-of-a-service-to-another',
  reader: readerPassword,
} as const;

/** A mail server repeats in its answer whom it does not know. */
function refuses(address: string) {
  if (address === mailOf('ben')) return { code: 550, text: `5.1.1 <${address}> is nobody here` };
  return address === mailOf('cor') ? { code: 451, text: `4.2.1 try ${address} later` } : undefined;
}

export async function startPeopleSpace(): Promise<PeopleSpace> {
  const [site, directory, services, mail] = await Promise.all([
    tempSite('people'),
    startDirectory(),
    loadServices(),
    startMailServer({ onRecipient: refuses }),
  ]);
  const socket = join(site.path, 's');
  const text = JSON.stringify(settings({ url: site.url, socket, directory, mailPort: mail.port }));
  const parsed = parseSettings(text, { file: 'space.yaml', env: {}, readFile: () => '' });
  const printed = collectLines();
  const logger = createLogger({ level: 'debug', destination: printed.stream });
  const running = await runServices(parsed, services, { version: version(), logger });
  const open = new Pool(running.url, { connections: 8 });
  const local = new Pool('http://localhost', { socketPath: socket, connections: 2 });
  const exchanges: Exchange[] = [];
  const ask = async (path: string, question: Question = {}): Promise<Exchange> => {
    const { method = 'GET', locally = false } = question;
    const answer = await send(locally ? local : open, path, question);
    const exchange = { method, path, ...answer };
    exchanges.push(exchange);
    return exchange;
  };
  const root = async (path: string, method = 'GET') => await ask(path, { method, locally: true });
  await waitFor('the first read', async () => (await root('/api/v1/directory')).json.state === 'known');
  await waitFor('it is ready', async () => (await root('/health/ready')).status === 200);
  return {
    directory,
    running,
    databaseUrl: site.url,
    exchanges,
    logged: printed.text,
    ask,
    async read() {
      await root('/api/v1/directory/read', 'POST');
    },
    execute: (statement) => running.database.orm.execute(sql.raw(statement)),
    async close() {
      await Promise.all([open.destroy(), local.destroy(), directory.close()]);
      await running.close();
      await Promise.all([site.remove(), mail.close()]);
    },
  };
}

async function send(pool: Pool, path: string, { method = 'GET', headers, body }: Question): Promise<Answer> {
  const {
    statusCode: status,
    headers: answered,
    body: stream,
  } = await pool.request({
    path,
    method: method as Dispatcher.HttpMethod,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const type = String(answered['content-type'] ?? '');
  // It would not end.
  if (type.startsWith('text/event-stream')) {
    stream.on('error', () => undefined).destroy();
    return { status, headers: answered, text: '', json: undefined };
  }
  const text = await stream.text();
  const isJson = type.includes('json');
  return { status, headers: answered, text, json: isJson && text !== '' ? JSON.parse(text) : undefined };
}

function settings({
  url,
  socket,
  directory: { port, base, readerDn, groups },
  mailPort,
}: {
  url: string;
  socket: string;
  directory: PeopleDirectory;
  mailPort: number;
}) {
  const server = `ldap://127.0.0.1:${port}`;
  return {
    site: { id: 'people', name: 'People' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0, anonymousRead: true } },
    database: { url },
    secrets: { key: secrets.key },
    mail: { url: `smtp://127.0.0.1:${mailPort}`, from: 'noreply@space.example' },
    // All are in this process: nobody is asked there, and the secret is good all the same.
    services: { policy: { url: 'http://127.0.0.1:1', secret: secrets.service } },
    directory: {
      ldap: { urls: [server], bindDn: readerDn, bindPassword: secrets.reader, base, groups },
    },
    probes: [
      { id: 'directory', kind: 'ldap', url: server, bindDn: readerDn, password: secrets.reader, base },
    ],
  };
}
