import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Demo } from './demo.ts';

/** A demo as other machines reach it over plain HTTP. */
export interface Elsewhere {
  /** `http://huismeester.test:23456`: the browsers of the testkit find all names below .test here. */
  readonly url: string;
  close(): Promise<void>;
}

/** Passes everything on, and says of whoever asks what a reverse proxy without HTTPS says: that they are on another machine, and how they came. */
export async function startElsewhere(demo: Pick<Demo, 'url'>): Promise<Elsewhere> {
  const { hostname, port } = new URL(demo.url);
  const server = createServer((asked, answer) => {
    const { method, url: path, headers: sent } = asked;
    const headers = { ...sent, 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'http' };
    const passed = request({ hostname, port, method, path, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://huismeester.test:${own}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
