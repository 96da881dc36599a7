import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { NutConnectionError, NutTlsError } from './errors.ts';

export interface SocketOptions {
  host: string;
  port: number;
}

/** Opens a TCP connection. Rejects with {@link NutConnectionError}, also when the signal is aborted. */
export function openSocket({ host, port }: SocketOptions, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // upsd answers in several small writes; without this Nagle and delayed ACK cost 40 ms a request.
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    whenReady(socket, 'connect', signal, resolve, (cause) =>
      reject(
        cause instanceof NutConnectionError
          ? cause
          : new NutConnectionError('unreachable', `upsd at ${host}:${port} cannot be reached`, { cause }),
      ),
    );
  });
}

/**
 * Secures a connection after upsd agreed to STARTTLS. The certificate must come from `ca` (PEM; the system's
 * authorities if left out) and name the host. Rejects with {@link NutTlsError}.
 */
export function secureSocket(
  plain: Socket,
  { host, port, ca }: SocketOptions & { ca?: string | undefined },
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = connectTls({
      socket: plain,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ...(ca === undefined ? {} : { ca }),
      rejectUnauthorized: true,
    });
    whenReady(
      secure,
      'secureConnect',
      signal,
      () => resolve(secure),
      (cause) => {
        plain.destroy();
        reject(
          cause instanceof NutConnectionError
            ? cause
            : new NutTlsError('tls-failed', `the connection to upsd at ${host}:${port} cannot be secured`, {
                cause,
              }),
        );
      },
    );
  });
}

function whenReady<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  done: (socket: S) => void,
  fail: (cause: unknown) => void,
): void {
  const release = () => {
    socket.off(event, succeeded);
    socket.off('error', failed);
    socket.off('close', ended);
    signal.removeEventListener('abort', aborted);
  };
  const succeeded = () => {
    release();
    done(socket);
  };
  const failed = (cause: unknown) => {
    release();
    // A destroyed socket may still report an error; nobody waits for it any more.
    socket.on('error', () => undefined);
    socket.destroy();
    fail(cause);
  };
  const ended = () => failed(new Error('the connection was closed'));
  const aborted = () => failed(signal.reason);
  socket.once(event, succeeded);
  socket.once('error', failed);
  socket.once('close', ended);
  signal.addEventListener('abort', aborted);
  if (signal.aborted) aborted();
}
