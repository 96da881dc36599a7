import { connect, type Socket } from 'node:net';
import type { Attempt } from './attempt.ts';

/** Connects to a port of the attempt's address. Rejects with the socket's error; the socket is destroyed when the attempt is over. */
export function openTcp(attempt: Attempt, port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host: attempt.address.address, port, autoSelectFamily: false, noDelay: true });
  attempt.whenOver(() => socket.destroy());
  // Stays: a socket that fails when nobody waits for it any more must not end the process.
  socket.on('error', reject);
  socket.once('connect', () => {
    attempt.heard();
    resolve(socket);
  });
  return promise;
}
