import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createAuthority,
  type NatsPlace,
  type NatsServer,
  type NatsTestOptions,
  skipWithout,
  startMosquitto,
  startNats,
  startNatsCluster,
  tempDir,
} from '@huismeester/testkit';
import { type EmbeddedBroker, type Logger, mosquittoConfig, startEmbeddedBroker } from '../src/index.ts';
import { type NatsOptions, natsConfig } from '../src/nats/config.ts';

export const root = 'space';
export const reader = 'light';
/** Who may do everything, where the broker can have such a user beside ours: sees what got through. */
export const witness = 'witness';
/** The same for the history of NATS. */
export const librarian = 'librarian';
const readers = [reader];

/** What the suites need of a broker, whichever it is. All of them want TLS, and a login from everybody who has one. */
export interface TestBroker {
  readonly url: string;
  /** All servers of it. */
  readonly urls: readonly string[];
  readonly ca: string;
  stop(): Promise<void>;
  /** On the same port, having forgotten everything. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface Access {
  anonymousRead: boolean;
}

/** The password of every user of the tests' brokers. */
export const passwordOf = (user: string) => `${user}-knows`;

export function login(user: string): { username: string; password: string } {
  return { username: user, password: passwordOf(user) };
}

/** A logger that remembers what it was told. */
export function memoryLogger(): Logger & {
  readonly lines: { level: string; details: object; message: string }[];
} {
  const lines: { level: string; details: object; message: string }[] = [];
  const at = (level: string) => (details: object, message: string) => {
    lines.push({ level, details, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

async function aedes({ anonymousRead }: Access): Promise<TestBroker> {
  const dir = await tempDir('aedes');
  const authority = await createAuthority();
  const { certFile, keyFile } = await authority.issue(join(dir.path, 'certs'));
  const tls = { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
  await dir.remove();
  let port = 0;
  let broker: EmbeddedBroker;
  const start = async () => {
    broker = await startEmbeddedBroker({
      root,
      port,
      anonymousRead,
      passwordOf,
      tls,
      logger: memoryLogger(),
      readers: [{ username: reader, password: passwordOf(reader) }],
    });
    port = broker.port;
  };
  await start();
  const url = `mqtts://127.0.0.1:${port}`;
  const stop = () => broker.close();
  return { url, urls: [url], ca: authority.ca, start, stop, close: stop };
}

async function mosquitto({ anonymousRead }: Access): Promise<TestBroker> {
  const { passwordsNeeded } = mosquittoConfig({ root, port: 1, dir: '/', readers });
  const broker = await startMosquitto({
    tls: true,
    configure: (place) => {
      const { conf, acl } = mosquittoConfig({ ...place, root, readers, anonymousRead, tls: true });
      const more = `user ${witness}\ntopic readwrite #\ntopic readwrite $SYS/#\n`;
      return { conf: conf.replace('persistence true', 'persistence false'), acl: `${acl}\n${more}` };
    },
    passwords: Object.fromEntries([...passwordsNeeded, witness].map((user) => [user, passwordOf(user)])),
  });
  const { url, ca = '', start, stop, close } = broker;
  return { url, urls: [url], ca, start, stop, close };
}

/** A nats-server, or three, with the generated configuration; `places` are where they have their files. */
export function natsOptions(
  more: Partial<NatsOptions>,
  places: NatsPlace[] = [],
): Extract<NatsTestOptions, { configure: unknown }> {
  const optionsFor = (place: Omit<NatsPlace, 'certificates'>): NatsOptions => ({
    ...place,
    root,
    readers,
    version: '2.9.10',
    tls: true,
    dataDir: join(place.dir, 'data'),
    ...(place.routes ? { cluster: { port: place.clusterPort ?? 0, routes: place.routes } } : {}),
    ...more,
  });
  const anywhere = { name: 'x', host: '', dir: '/', port: 1, clientPort: 2, monitorPort: 3 };
  const { passwordsNeeded } = natsConfig(optionsFor(anywhere));
  return {
    tls: true,
    configure: (place) => {
      places.push(place);
      const { conf } = natsConfig(optionsFor(place));
      return withFullRights(withFullRights(conf, 'news', witness), 'history', librarian);
    },
    passwords: Object.fromEntries(passwordsNeeded.map(({ user, variable }) => [variable, passwordOf(user)])),
  };
}

/** The configuration with one more user of an account, who may do everything in it. */
function withFullRights(conf: string, account: string, user: string): string {
  const line = `      { user: ${user}, password: ${passwordOf(user)} }\n`;
  return conf.replace(new RegExp(`( {2}${account} \\{\\n(?:.*\\n)*? {4}users: \\[\\n)`), `$1${line}`);
}

function restartable(servers: readonly NatsServer[], places: readonly NatsPlace[]) {
  return {
    stop: async () => {
      await Promise.all(servers.map((server) => server.kill()));
    },
    start: async () => {
      await Promise.all(places.map(({ dir }) => rm(join(dir, 'data'), { recursive: true, force: true })));
      await Promise.all(servers.map((server) => server.start()));
    },
  };
}

async function nats({ anonymousRead }: Access): Promise<TestBroker> {
  const places: NatsPlace[] = [];
  const server = await startNats(natsOptions({ anonymousRead }, places));
  const { url, ca = '', close } = server;
  return { url, urls: [url], ca, ...restartable([server], places), close };
}

async function natsCluster({ anonymousRead }: Access): Promise<TestBroker> {
  const places: NatsPlace[] = [];
  const cluster = await startNatsCluster(natsOptions({ anonymousRead }, places));
  const { servers, urls, ca = '', close } = cluster;
  const { stop, start } = restartable(servers, places);
  const together = async () => {
    await start();
    await cluster.leader();
  };
  return { url: urls[0] ?? '', urls, ca, stop, start: together, close };
}

/** Every suite runs over each of them. */
export const brokers = [
  { name: 'aedes', open: aedes, skip: false, hasWitness: false },
  { name: 'mosquitto', open: mosquitto, skip: skipWithout('mosquitto'), hasWitness: true },
  { name: 'nats-server', open: nats, skip: skipWithout('nats-server'), hasWitness: true },
  { name: 'three nats-servers', open: natsCluster, skip: skipWithout('nats-server'), hasWitness: true },
] as const;
