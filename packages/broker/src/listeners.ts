import { once } from 'node:events';
import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, Server as TlsServer } from 'node:tls';
import type { Logger } from '@huismeester/clock';
import type { Aedes } from 'aedes';
import { BrokerError } from './errors.ts';
import { maxConnections, maxPacketBytes } from './limits.ts';
import { packetGuard } from './packet-guard.ts';

export interface Listener {
  readonly server: Server;
  readonly sockets: ReadonlySet<Socket>;
  readonly url: string;
  readonly port: number;
  /** Shows another certificate to who connects from now on. */
  renew(tls: { cert: string; key: string }): void;
}

interface ListenerOptions {
  host: string;
  port: number;
  tls?: { cert: string; key: string };
  logger: Logger;
}

/**
 * Has aedes listen: where settings say and, if that is with TLS, on any port of loopback without it, for the services of
 * this process. Throws a {@link BrokerError} when it cannot.
 */
export async function startListeners(
  aedes: Aedes,
  options: ListenerOptions,
): Promise<[Listener, ...Listener[]]> {
  const first = await startListener(aedes, options);
  if (!options.tls) return [first];
  const { logger } = options;
  return [first, await startListener(aedes, { host: '127.0.0.1', port: 0, logger })];
}

async function startListener(aedes: Aedes, { host, port, tls, logger }: ListenerOptions): Promise<Listener> {
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
    const fits = packetGuard(maxPacketBytes);
    // aedes pulls what it reads; each piece passes here just before it is parsed.
    socket.on('data', (chunk: Buffer) => {
      if (fits(chunk)) return;
      logger.warn({ remote: socket.remoteAddress }, 'broker: too big a packet; client disconnected');
      socket.destroy();
    });
  };
  const server = serverFor(accept, tls, logger);
  server.maxConnections = maxConnections;
  const actual = await listen(server, host, port);
  const url = `${tls ? 'mqtts' : 'mqtt'}://${reachable(host)}:${actual}`;
  const renew: Listener['renew'] = (next) => {
    if (server instanceof TlsServer) server.setSecureContext({ ...next, minVersion });
  };
  return { server, sockets, url, port: actual, renew };
}

/** Said, so that no option of Node's takes it back. */
const minVersion = 'TLSv1.2';

function serverFor(accept: (socket: Socket) => void, tls: ListenerOptions['tls'], logger: Logger): Server {
  const common = { noDelay: true, keepAlive: true };
  if (!tls) return createServer(common, accept);
  try {
    // Until the handshake is over a connection counts towards maxConnections and has not authenticated: it is limited.
    const server = createTlsServer({ ...common, ...tls, minVersion, handshakeTimeout: 5_000 }, accept);
    return server.on('tlsClientError', (error, { remoteAddress: remote }) =>
      logger.debug({ err: error, remote }, 'broker: no TLS with a client'),
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = `broker.embedded.tls: certificate and key cannot be used together (${reason}); give both as PEM`;
    throw new BrokerError('cannot-listen', problem, { cause });
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? cause.code : cause;
    const problem =
      reason === 'EADDRINUSE'
        ? `broker.embedded.port: another process listens on port ${port} of ${host}, maybe a Mosquitto; end that one, set another port, or use that broker: broker.url`
        : `broker.embedded: cannot listen on port ${port} of ${host} (${reason}); set a port of 1024 or more, and a host that this machine has`;
    throw new BrokerError('cannot-listen', problem, { cause });
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** Where clients on this host find a server that listens there. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}
