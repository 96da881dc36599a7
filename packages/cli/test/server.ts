import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { tempDir } from '@huismeester/testkit';

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Of a parameter that stands there more than once, the last. */
  readonly query: Record<string, string | undefined>;
  readonly search: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  /** JSON, unless it is text. */
  readonly body?: unknown;
}

export interface AnsweringServer {
  readonly socket: string;
  readonly url: () => string;
  /** What was asked, in order. */
  readonly asked: Asked[];
  /** Closes its connections and stops listening; the socket is gone then. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on a Unix socket, and on a port of loopback, that answers what a test says. */
export async function startServer(answer: (asked: Asked) => Answer): Promise<AnsweringServer> {
  const dir = await tempDir('cli');
  const asked: Asked[] = [];
  const socket = join(dir.path, 'h.sock');
  let servers: Server[] = [];
  let port = 0;
  const start = async () => {
    servers = [await listen({ path: socket }), await listen({ host: '127.0.0.1', port })];
    const address = servers[1]?.address();
    port = typeof address === 'object' && address ? address.port : 0;
  };
  const listen = async (where: { path: string } | { host: string; port: number }) => {
    const server = createServer(async (request, response) => {
      const question = await read(request);
      asked.push(question);
      const { status = 200, body } = answer(question);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    });
    server.listen(where);
    await once(server, 'listening');
    return server;
  };
  const stop = async () => {
    const closed = servers.map((server) => once(server, 'close'));
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    servers = [];
    await Promise.all(closed);
  };
  await start();
  return {
    ...{ socket, asked, start, stop },
    url: () => `http://127.0.0.1:${port}`,
    async close() {
      await stop();
      await dir.remove();
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '', 'http://server');
  const text = Buffer.concat(await request.toArray()).toString();
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    search: url.searchParams,
    authorization: request.headers.authorization,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
