import { chmod, lstat, mkdir, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { closeServer } from './close-server.ts';

/** The local socket cannot be opened; the message says why and what to do. */
export class LocalSocketError extends Error {
  override readonly name = 'LocalSocketError';
  readonly code = 'local-socket';
}

/** The kernel's room for a socket's path (`sun_path`) is 104 bytes on macOS and 108 on Linux. */
const longest = 104;

export interface LocalSocket {
  /** Whether a request came in by this socket, so from somebody who may write to its file. */
  has(request: IncomingMessage): boolean;
  close(): Promise<void>;
}

/**
 * Serves on a Unix socket that only the user of this process, and root, can open (mode 0600). Makes its directory;
 * replaces what a dead process left. Throws a LocalSocketError when another process listens there, and when it
 * cannot be made; `setting` is the path of the settings around it, for the message.
 */
export async function openLocalSocket(
  path: string,
  listener: RequestListener,
  setting = 'http',
): Promise<LocalSocket> {
  const bytes = Buffer.byteLength(path);
  if (bytes > longest) {
    throw new LocalSocketError(
      `${setting}.socket: the path ${path} has ${bytes} bytes, allowed: at most ${longest}, which is all that a socket's name can have; choose a shorter one, such as /run/huismeester.sock`,
    );
  }
  const sockets = new WeakSet<Socket>();
  const server = createServer(listener).on('connection', (socket) => sockets.add(socket));
  try {
    await mkdir(dirname(path), { recursive: true });
    await removeStale(path, setting);
    await listen(server, path);
    await chmod(path, 0o600);
  } catch (error) {
    if (error instanceof LocalSocketError) throw error;
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new LocalSocketError(
      `${setting}.socket: ${path} cannot be made (${why}); choose a path in a directory that this user may write to`,
      { cause: error },
    );
  }
  return {
    has: (request) => sockets.has(request.socket),
    close: () => closeServer(server),
  };
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).once('listening', resolve);
    // The file comes into being within this call; nobody may open it before its mode is right.
    const before = process.umask(0o177);
    try {
      server.listen({ path });
    } finally {
      process.umask(before);
    }
  });
}

async function removeStale(path: string, setting: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new LocalSocketError(
      `${setting}.socket: ${path} is there and is no socket; remove it or choose another path`,
    );
  }
  if (await isLive(path)) {
    throw new LocalSocketError(
      `${setting}.socket: another process listens on ${path}; stop it or choose another path`,
    );
  }
  await unlink(path);
}

function isLive(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // Refused: nobody accepts there any more. Gone: removed since we looked.
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
}
