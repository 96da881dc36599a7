import type { LdapSettings } from '@huismeester/contracts';
import { DirectoryError } from '../directory.ts';
import { Connection } from './connection.ts';
import { openTcp, openTls, type Server, serverOf } from './socket.ts';

/** How long is waited, in milliseconds: for a connection and for each handshake, and for a server that says nothing. */
export interface Limits {
  readonly connectMs: number;
  readonly answerMs: number;
}

export const usualLimits: Limits = { connectMs: 3000, answerMs: 10_000 };

/** Of a list of servers the one that answered last, which is tried first: one that is off would cost `connectMs` each time. */
const lastGood = new WeakMap<readonly string[], string>();

/** What it takes to reach the servers of the settings, and to be somebody there. */
export type Access = Pick<LdapSettings, 'urls' | 'startTls' | 'ca' | 'bindDn' | 'bindPassword'>;

/**
 * Does a piece of work on a connection of its own, logged in as the settings say, and closes it. The next server is tried when one does
 * not answer, or shows a certificate that we do not trust; the work then begins again. Rejects with a {@link DirectoryError}, and with
 * the signal's reason as soon as it aborts.
 */
export async function withSession<T>(
  access: Access,
  limits: Limits,
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return await withConnection(access, limits, signal, async (connection) => {
    await logInAsSettingsSay(connection, access);
    return await work(connection);
  });
}

/** The same as nobody: without a login. */
export async function withConnection<T>(
  access: Access,
  limits: Limits,
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const failures: DirectoryError[] = [];
  const { urls } = access;
  const first = lastGood.get(urls);
  for (const url of first === undefined ? urls : [first, ...urls.filter((each) => each !== first)]) {
    signal.throwIfAborted();
    try {
      const result = await at(serverOf(url), access, limits, signal, work);
      lastGood.set(urls, url);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DirectoryError) || !['no-answer', 'tls'].includes(error.reason)) throw error;
      failures.push(error);
    }
  }
  throw joined(failures);
}

async function at<T>(
  server: Server,
  access: Access,
  limits: Limits,
  signal: AbortSignal,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(server, access, limits, signal);
  const abort = () => connection.end(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    return await work(connection);
  } finally {
    signal.removeEventListener('abort', abort);
    connection.close();
  }
}

/** A password goes over the connection only after this: it is encrypted then, where the settings say so. */
async function connect(
  server: Server,
  { startTls, ca }: Access,
  { connectMs, answerMs }: Limits,
  signal: AbortSignal,
): Promise<Connection> {
  const opening = { connectMs, signal, ca };
  const tcp = await openTcp(server, opening);
  const socket = server.encrypted ? await openTls(tcp, server, opening) : tcp;
  const connection = new Connection(socket, { shown: server.shown, answerMs });
  if (server.encrypted || !startTls) return connection;
  const abort = () => connection.end(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await connection.startTls((plain) => openTls(plain, server, opening));
    return connection;
  } catch (error) {
    connection.end(error);
    throw error instanceof DirectoryError && error.reason !== 'no-answer'
      ? new DirectoryError('tls', error.message, { cause: error.cause })
      : error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function logInAsSettingsSay(connection: Connection, { bindDn, bindPassword }: Access): Promise<void> {
  if (bindDn === undefined) return;
  // Servers may take a name with an empty password for anonymous (RFC 4513, 5.1.2).
  if (!bindPassword)
    throw new DirectoryError('wrong-secret', 'directory.ldap has a bindDn without a bindPassword');
  await connection.bind(bindDn, bindPassword, 'our login (directory.ldap.bindDn)');
}

function joined(failures: readonly DirectoryError[]): DirectoryError {
  const [first] = failures;
  if (!first) return new DirectoryError('failed', 'directory.ldap.urls names no server');
  if (failures.length === 1) return first;
  return new DirectoryError(first.reason, failures.map(({ message }) => message).join('; '), {
    cause: first,
  });
}
