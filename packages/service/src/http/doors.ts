import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { cannotListen } from './cannot-listen.ts';
import { closeServer } from './close-server.ts';
import { openLocalSocket } from './local-socket.ts';

/** Where a process can be asked; who answers may change while it runs. */
export interface Doors {
  readonly url: string;
  /** Whoever asks from now on is answered by this. */
  admit(listener: RequestListener): void;
  /** Whether a request came in by the local socket. */
  isLocal(request: IncomingMessage): boolean;
  /** Lets nobody in any more, and waits for those who are answered. */
  close(): Promise<void>;
}

export interface DoorSettings {
  readonly host: string;
  readonly port: number;
  /** The path of the local socket. */
  readonly socket: string;
  /** The path of these settings, for messages. */
  readonly setting: string;
  /** How long a connection with an answer under way may be still, in ms (30 s). */
  readonly stillMs?: number;
}

/** As Fastify's own server has it, so that a proxy in front may keep its connections. */
const keepAliveMs = 72_000;
const requestMs = 30_000;
/** Nothing takes us this long; who does not read the answer for so long leaves it in our memory. */
const mostStillMs = 30_000;

/** Listens on the address and on the local socket. Throws a CannotListen or a LocalSocketError when one cannot be had. */
export async function openDoors(settings: DoorSettings, first: RequestListener): Promise<Doors> {
  const { host, port, socket: path } = settings;
  let current = first;
  const answer: RequestListener = (request, response) => current(request, response);
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: requestMs }, answer);
  server.setTimeout(settings.stillMs ?? mostStillMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  }).catch((error: unknown) => {
    throw cannotListen(error, settings);
  });
  try {
    const socket = await openLocalSocket(path, answer, settings.setting);
    return {
      url: urlOf(server, host),
      admit: (listener) => {
        current = listener;
      },
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
