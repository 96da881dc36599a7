import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Clock, Logger } from '@huismeester/clock';
import { type Pair, pairTrouble } from '../certificate/pair.ts';
import { followCertificate } from '../certificate/renewal.ts';
import type { Part } from '../service.ts';
import { CannotListen, cannotListen } from './cannot-listen.ts';
import { closeServer } from './close-server.ts';
import { trackHandshakes } from './handshakes.ts';
import { openLocalSocket } from './local-socket.ts';

/** The sockets that a process answers on: an address, with TLS if settings have a certificate, and a local socket without. What answers may change while it runs. */
export interface Listeners {
  /** Starts to listen, if it does not listen yet; the URL of the address. Throws a CannotListen or a LocalSocketError. */
  open(): Promise<string>;
  /** Has requests answered by this, until what it returns is called. `ending` is called before it waits for answers: it ends those that have no end. */
  answerWith(answer: RequestListener, ending: () => void): Promise<() => void>;
  /** Whether a request came in by the local socket. */
  isLocal(request: IncomingMessage): boolean;
  /** The certificate, for the health of the process; none without TLS. */
  parts(): Part[];
  /** Takes no request any more, and waits for those that are being answered. */
  close(): Promise<void>;
}

export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  /** The path of the local socket. */
  readonly socket: string;
  /** See {@link followCertificate}. */
  readonly tls?: Pair | undefined;
  /** The path of these settings, for messages. */
  readonly setting: string;
  /** How long a connection with an answer under way may be still, in ms (30 s). */
  readonly stillMs?: number;
}

interface Opened extends Pick<Listeners, 'isLocal' | 'parts' | 'close'> {
  readonly url: string;
}

interface Around {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** As Fastify's own server has it, so that a proxy in front may keep its connections. */
const keepAliveMs = 72_000;
const requestMs = 30_000;
/** Nothing takes us this long; who does not read the answer for so long leaves it in our memory. */
const mostStillMs = 30_000;
/** Node's own is two minutes, for which who connects and says nothing has a connection. */
const handshakeMs = 10_000;
const noneToEnd = (): void => undefined;

/** Listens once it is opened; until something else answers, `notReady` does. */
export function createListeners(
  settings: ListenSettings,
  notReady: RequestListener,
  around: Around,
): Listeners {
  let answer = notReady;
  let endAnswers = noneToEnd;
  let opening: Promise<Opened> | undefined;
  let opened: Opened | undefined;
  let closed: Promise<void> | undefined;
  const open = async (): Promise<Opened> => {
    opening ??= listen(settings, (request, response) => answer(request, response), around);
    opened = await opening;
    return opened;
  };
  return {
    open: async () => (await open()).url,
    async answerWith(next, ending) {
      await open();
      [answer, endAnswers] = [next, ending];
      return () => {
        [answer, endAnswers] = [notReady, noneToEnd];
      };
    },
    isLocal: (request) => opened?.isLocal(request) ?? false,
    parts: () => opened?.parts() ?? [],
    close() {
      closed ??= (async () => {
        endAnswers();
        // What could not be opened need not be closed, and who opened it has the error.
        await (await opening?.catch(() => undefined))?.close();
      })();
      return closed;
    },
  };
}

async function listen(settings: ListenSettings, answer: RequestListener, around: Around): Promise<Opened> {
  const { host, port, socket: path, tls, setting } = settings;
  const timeouts = { keepAliveTimeout: keepAliveMs, requestTimeout: requestMs };
  const secure = tls && secureServer(tls, timeouts, answer);
  const server = secure ?? createServer(timeouts, answer);
  server.setTimeout(settings.stillMs ?? mostStillMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  }).catch((error: unknown) => {
    throw cannotListen(error, settings);
  });
  try {
    const socket = await openLocalSocket(path, answer, setting);
    const endHandshakes = secure && trackHandshakes(secure);
    const renewal = secure && tls && renewalOf(secure, tls, around);
    renewal?.start();
    return {
      url: urlOf(server, host, tls ? 'https' : 'http'),
      isLocal: (request) => socket.has(request),
      parts: () => (renewal ? [renewal.part()] : []),
      close: async () => {
        const closed = [renewal?.close(), closeServer(server), socket.close()];
        endHandshakes?.();
        await Promise.all(closed);
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

/** Throws a {@link CannotListen} for a certificate and a key that no server can use. */
function secureServer(
  tls: Pair,
  timeouts: { keepAliveTimeout: number; requestTimeout: number },
  answer: RequestListener,
): TlsServer {
  const trouble = pairTrouble(tls);
  if (trouble !== undefined) throw new CannotListen(`${tlsSetting}: ${trouble}`);
  return createTlsServer({ ...timeouts, ...contextOf(tls), handshakeTimeout: handshakeMs }, answer);
}

/** Processes that listen elsewhere (`services.<name>.listen`) have this certificate, too. */
const tlsSetting = 'http.tls';

function contextOf({ cert, key }: Pair) {
  // Said, so that no option of Node's (`--tls-min-v1.0`) takes it back.
  return { cert, key, minVersion: 'TLSv1.2' } as const;
}

function renewalOf(server: TlsServer, pair: Pair, around: Around) {
  const take = (next: Pair) => server.setSecureContext(contextOf(next));
  return followCertificate({ pair, setting: tlsSetting, part: 'certificate', take, ...around });
}

function urlOf(server: Server | TlsServer, host: string, protocol: 'http' | 'https'): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // One cannot connect to "all addresses".
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `${protocol}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
