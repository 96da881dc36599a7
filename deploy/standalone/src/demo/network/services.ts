import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { startDirectorySimulator } from '@huismeester/simulators';

/** A service of the demo space, on a free port of loopback. */
export interface DemoService {
  readonly port: number;
  /** Ended as soon as they are made, as by a machine that is off, are connections while this says so. */
  isOff: () => boolean;
  close(): Promise<void>;
}

const page: RequestListener = (_, reply) => {
  reply.setHeader('content-type', 'text/html; charset=utf-8');
  reply.end('<!doctype html><title>Demo space</title><p>De demo-space is open.');
};

/** A page of the demo space: its website, or what stands at the bar. */
export async function startPage(): Promise<DemoService> {
  const server = createServer(page);
  return await serve(server, (socket) => server.emit('connection', socket));
}

/** The directory of the demo space: who may log in there comes with people. */
export async function startDirectory(): Promise<DemoService> {
  const simulator = await startDirectorySimulator({
    entries: [
      {
        dn: 'uid=p1,ou=people,dc=demo',
        attributes: { objectClass: ['inetOrgPerson'], uid: ['p1'], cn: ['P One'], sn: ['One'] },
      },
    ],
  });
  const service: DemoService = { port: simulator.port, isOff: () => false, close: () => simulator.close() };
  Object.defineProperty(simulator, 'off', { get: () => service.isOff() });
  return service;
}

async function serve(inner: Server, take: (socket: Socket) => void): Promise<DemoService> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (service.isOff()) socket.destroy();
    else take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const service: DemoService = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    isOff: () => false,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      inner.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
