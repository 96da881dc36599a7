import type { Socket } from 'node:net';
import type { Server } from 'node:tls';

/**
 * Follows who has connected and not finished the TLS handshake; returns how to end their connections. A server that closes waits for
 * them, and its methods for connections of HTTP know only what comes after the handshake.
 */
export function trackHandshakes(server: Server): () => void {
  const underWay = new Map<string, Socket>();
  // The socket with TLS is another object than the one that was accepted.
  const nameOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    underWay.set(name, socket);
    socket.once('close', () => {
      if (underWay.get(name) === socket) underWay.delete(name);
    });
  });
  server.on('secureConnection', (socket) => underWay.delete(nameOf(socket)));
  return () => {
    for (const socket of underWay.values()) socket.destroy();
  };
}
