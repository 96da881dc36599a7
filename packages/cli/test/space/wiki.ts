import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Wiki {
  readonly url: string;
  close(): Promise<void>;
}

/** A website that hangs up on everybody while what it runs on does not. */
export async function startWiki(isRunning: () => boolean): Promise<Wiki> {
  const server = createServer((request, response) => {
    if (isRunning()) response.end('hello');
    else request.socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
