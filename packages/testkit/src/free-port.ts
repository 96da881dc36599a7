import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

// Below Linux's ephemeral range (32768 and up), so that no outgoing connection takes the port between our look and
// the daemon's bind. Above 10080, the last one to which fetch and browsers refuse to connect (Fetch standard, «bad port»).
const lowest = 10_081;
const highest = 32_000;
const handedOut = new Set<number>();

/** A TCP port on which nothing listens on loopback; this process never hands out the same one twice. */
export function freePort(): Promise<number> {
  return free('TCP', canListen);
}

/** The same for UDP. */
export function freeUdpPort(): Promise<number> {
  return free('UDP', canBind);
}

async function free(protocol: string, isFree: (port: number) => Promise<boolean>): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(lowest, highest);
    if (!handedOut.has(port) && (await isFree(port))) {
      handedOut.add(port);
      return port;
    }
  }
  throw new Error(`no free ${protocol} port found between ${lowest} and ${highest} in 100 attempts`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ address: '127.0.0.1', port, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
