import { type Mosquitto, startMosquitto } from '@huismeester/testkit';
import { type EmbeddedBroker, type Logger, mosquittoConfig, startEmbeddedBroker } from '../src/index.ts';

export const root = 'space';
export const reader = 'light';

/** What the suites need of a broker, whichever it is. */
export interface TestBroker {
  readonly url: string;
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
  let port = 0;
  let broker: EmbeddedBroker;
  const start = async () => {
    const readers = [{ username: reader, password: passwordOf(reader) }];
    broker = await startEmbeddedBroker({
      root,
      port,
      readers,
      anonymousRead,
      passwordOf,
      logger: memoryLogger(),
    });
    port = broker.port;
  };
  await start();
  const stop = () => broker.close();
  return { url: `mqtt://127.0.0.1:${port}`, start, stop, close: stop };
}

async function mosquitto({ anonymousRead }: Access): Promise<TestBroker> {
  const broker: Mosquitto = await startMosquitto({
    configure: (place) => {
      const { conf, acl } = mosquittoConfig({ ...place, root, readers: [reader], anonymousRead });
      return { conf: conf.replace('persistence true', 'persistence false'), acl };
    },
    passwords: Object.fromEntries(
      mosquittoConfig({ root, port: 1, dir: '/', readers: [reader] }).passwordsNeeded.map((user) => [
        user,
        passwordOf(user),
      ]),
    ),
  });
  return broker;
}

/** Every suite runs over each of them. */
export const brokers = [
  { name: 'aedes', open: aedes },
  { name: 'mosquitto', open: mosquitto },
] as const;
