import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What postgres.js knows of where the server is: hosts with their ports, or a Unix socket. */
interface Places {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
}

/** The connection ended, and there will be no other in its place. */
class NoSecondSocket extends Error {
  override readonly name = 'NoSecondSocket';
  /** As postgres.js says it of a connection that ended. */
  readonly code = 'CONNECTION_CLOSED';
}

/**
 * Makes the one socket that a client of postgres.js gets in its life. Of a connection that ends it sends what it had not
 * sent yet on a new one: there each statement of a transaction would be a transaction of its own.
 */
export function oneSocket(timeoutMs: number): (places: Places) => Promise<Socket> {
  let made = false;
  return async ({ host, port, path }) => {
    if (made) throw new NoSecondSocket('the connection to the database ended');
    made = true;
    if (path) return await opened({ path }, timeoutMs);
    let last: unknown;
    for (const [index, name] of host.entries()) {
      try {
        const socket = await opened({ host: name, port: port[index] ?? 5432 }, timeoutMs);
        // postgres.js takes the name that a certificate must have from here.
        return Object.assign(socket, { host: name });
      } catch (error) {
        last = error;
      }
    }
    throw last;
  };
}

async function opened(
  place: { readonly host: string; readonly port: number } | { readonly path: string },
  timeoutMs: number,
): Promise<Socket> {
  const socket = connect({ ...place, noDelay: true });
  const late = setTimeout(() => {
    socket.destroy(
      Object.assign(new Error(`no connection within ${timeoutMs} ms`), { code: 'CONNECT_TIMEOUT' }),
    );
  }, timeoutMs);
  try {
    await once(socket, 'connect');
    return socket;
  } finally {
    clearTimeout(late);
  }
}
