import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { cannotListen } from './cannot-listen.ts';
import { closeServer } from './close-server.ts';
import { openLocalSocket } from './local-socket.ts';

/** The sockets that a process answers on: an address and a local socket. What answers may change while it runs. */
export interface Listeners {
  /** Starts to listen, if it does not listen yet; the URL of the address. Throws a CannotListen or a LocalSocketError. */
  open(): Promise<string>;
  /** Has requests answered by this, until what it returns is called. */
  answerWith(answer: RequestListener): Promise<() => void>;
  /** Whether a request came in by the local socket. */
  isLocal(request: IncomingMessage): boolean;
  /** Takes no request any more, and waits for those that are being answered. */
  close(): Promise<void>;
}

export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  /** The path of the local socket. */
  readonly socket: string;
  /** The path of these settings, for messages. */
  readonly setting: string;
  /** How long a connection with an answer under way may be still, in ms (30 s). */
  readonly stillMs?: number;
}

interface Opened extends Pick<Listeners, 'isLocal' | 'close'> {
  readonly url: string;
}

/** As Fastify's own server has it, so that a proxy in front may keep its connections. */
const keepAliveMs = 72_000;
const requestMs = 30_000;
/** Nothing takes us this long; who does not read the answer for so long leaves it in our memory. */
const mostStillMs = 30_000;

/** Listens once it is opened; until something else answers, `notReady` does. */
export function createListeners(settings: ListenSettings, notReady: RequestListener): Listeners {
  let answer = notReady;
  let opening: Promise<Opened> | undefined;
  let opened: Opened | undefined;
  let closed: Promise<void> | undefined;
  const open = async (): Promise<Opened> => {
    opening ??= listen(settings, (request, response) => answer(request, response));
    opened = await opening;
    return opened;
  };
  return {
    open: async () => (await open()).url,
    async answerWith(next) {
      await open();
      answer = next;
      return () => {
        answer = notReady;
      };
    },
    isLocal: (request) => opened?.isLocal(request) ?? false,
    close() {
      closed ??= (async () => {
        // What could not be opened need not be closed, and who opened it has the error.
        await (await opening?.catch(() => undefined))?.close();
      })();
      return closed;
    },
  };
}

async function listen(settings: ListenSettings, answer: RequestListener): Promise<Opened> {
  const { host, port, socket: path, setting } = settings;
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: requestMs }, answer);
  server.setTimeout(settings.stillMs ?? mostStillMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  }).catch((error: unknown) => {
    throw cannotListen(error, settings);
  });
  try {
    const socket = await openLocalSocket(path, answer, setting);
    return {
      url: urlOf(server, host),
      isLocal: (request) => socket.has(request),
      close: async () => {
        await Promise.all([closeServer(server), socket.close()]);
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // One cannot connect to "all addresses".
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
