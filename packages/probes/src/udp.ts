import { createSocket, type Socket } from 'node:dgram';
import type { Attempt } from './attempt.ts';

/**
 * A UDP socket to a port of the attempt's address; the kernel drops what comes from elsewhere. Rejects with the socket's error where
 * there is no route. Later errors, such as that nothing listens there, are `error` events. Closed when the attempt is over.
 */
export function openUdp(attempt: Attempt, port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const { address, family } = attempt.address;
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  attempt.whenOver(() => socket.close());
  socket.on('error', reject);
  socket.connect(port, address, (error?: Error) => {
    if (error) reject(error);
    else resolve(socket);
  });
  return promise;
}
