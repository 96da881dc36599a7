import type { Server } from 'node:http';

const sweepMs = 50;

/** Waits for requests under way; a connection that is kept beyond its request would otherwise hold the end up. */
export async function closeServer(server: Server): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  }).finally(() => clearInterval(sweep));
}
