import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { DirectoryError } from '../directory.ts';
import { failureOfSocket } from './failures.ts';

/** A server of the settings. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  /** For messages: without user or password that the address may have. */
  readonly shown: string;
}

/** The parts of an address such as ldaps://10.0.0.4. Throws a {@link DirectoryError} where it is none. */
export function serverOf(text: string): Server {
  const url = URL.parse(text);
  if (!url?.hostname)
    throw new DirectoryError('failed', 'directory.ldap.urls has what is no address such as ldaps://10.0.0.4');
  const encrypted = url.protocol === 'ldaps:';
  // The brackets of IPv6 belong to the URL; certificates do not have the dot of the root.
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return {
    host,
    port: Number(url.port || (encrypted ? 636 : 389)),
    encrypted,
    shown: `${url.protocol}//${url.host}`,
  };
}

/** Connects to a port. Whatever is not settled within the time rejects, and so does the signal's abort; no socket is left then. */
export function openTcp(server: Server, limits: Opening): Promise<Socket> {
  const socket = connectTcp({ host: server.host, port: server.port, noDelay: true });
  return opened(socket, 'connect', server, limits);
}

/** Encrypts a connection; its certificate must verify for the server's host. `ca` replaces the authorities of Node. */
export function openTls(
  tcp: Socket,
  server: Server,
  limits: Opening & { readonly ca: string | undefined },
): Promise<Socket> {
  const { ca } = limits;
  const socket = connectTls({
    socket: tcp,
    host: server.host,
    ...(isIP(server.host) === 0 && { servername: server.host }),
    ...(ca !== undefined && { ca }),
  });
  socket.once('close', () => tcp.destroy());
  return opened(socket, 'secureConnect', server, limits);
}

interface Opening {
  /** How long it may take. */
  readonly connectMs: number;
  readonly signal: AbortSignal;
}

async function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  server: Server,
  { connectMs, signal }: Opening,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const abort = () => reject(signal.reason);
  const late = () =>
    reject(new DirectoryError('no-answer', `${server.shown} does not answer within ${connectMs} ms`));
  const timer = setTimeout(late, connectMs);
  const closed = () => reject(failureOfSocket(undefined, server.shown));
  // Stays: a socket that fails when nobody waits for it any more must not end the process.
  socket.on('error', (cause) => reject(failureOfSocket(cause, server.shown)));
  socket.once('close', closed);
  socket.once(event, () => resolve(socket));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    socket.off('close', closed);
    signal.removeEventListener('abort', abort);
  }
}
