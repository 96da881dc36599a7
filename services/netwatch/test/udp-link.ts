import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP link from an address of loopback to a port there, which can be silent: then nothing passes, and nothing is refused. */
export interface UdpLink {
  readonly port: number;
  silent: boolean;
  close(): void;
}

export async function startUdpLink(targetPort: number, address = '127.0.0.1'): Promise<UdpLink> {
  const outside = createSocket('udp4');
  const inside = new Map<number, Socket>();
  outside.bind(0, address);
  await once(outside, 'listening');
  const link: UdpLink = {
    port: outside.address().port,
    silent: false,
    close() {
      outside.close();
      for (const socket of inside.values()) socket.close();
    },
  };
  outside.on('message', (question, { port }) => {
    if (link.silent) return;
    const socket = inside.get(port) ?? createSocket('udp4');
    if (!inside.has(port)) {
      inside.set(port, socket);
      socket.on('message', (answer) => {
        if (!link.silent) outside.send(answer, port, '127.0.0.1');
      });
    }
    socket.send(question, targetPort, '127.0.0.1');
  });
  return link;
}
