import { Socket } from 'node:net';
import type { Logger } from '@huismeester/clock';
import type { Aedes, Client } from 'aedes';
import { maxUnreadBytes } from './limits.ts';

/**
 * Disconnects a client for which more waits than that. aedes itself waits for a client's socket to drain, and all other
 * clients with it: one that stops reading would stop the news for everybody, for a minute.
 */
export function disconnectSlowClients(aedes: Aedes, logger: Logger): void {
  aedes.on('client', (client: Client) => {
    const waitForDrain = (done: (error: Error | null, client: Client) => void) => {
      const { conn } = client;
      if (conn.writableLength > maxUnreadBytes && !conn.destroyed) {
        const remote = conn instanceof Socket ? conn.remoteAddress : undefined;
        logger.warn(
          { client: client.id, remote, bytes: conn.writableLength },
          'broker: client does not read what it subscribed to; disconnected',
        );
        conn.destroy();
      }
      setImmediate(done, null, client);
    };
    Reflect.set(client, 'waitForDrain', waitForDrain);
  });
}
