import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';

const sweepMs = 50;
/** How long an answer may still take to be read: less than the process has for its end. */
const graceMs = 5_000;

/** Waits for requests under way; a connection that is kept beyond its request would otherwise hold the end up. */
export async function closeServer(server: Server | TlsServer): Promise<void> {
  const overdue = setTimeout(() => server.closeAllConnections(), graceMs);
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  }).finally(() => {
    clearInterval(sweep);
    clearTimeout(overdue);
  });
}
