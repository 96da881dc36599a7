import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Somebody else's web server, which does not mean well. `/` does nothing by itself; `/form?action=…&name=…&value=…` has a button that sends a form, and
 * `/frame?src=…` a page in a frame.
 */
export interface Strangers {
  /** Another port of the host of the demo: the same site to a browser, which sends cookies along. */
  readonly otherPort: string;
  /** Another site altogether. */
  readonly otherSite: string;
  close(): Promise<void>;
}

/** Serves pages at two addresses that are not the demo's. */
export async function startStrangers(): Promise<Strangers> {
  const server = createServer(({ url = '/' }, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    // A browser asks for an icon otherwise, which is none of what is looked at.
    answer.end(`<!doctype html><title>stranger</title><link rel="icon" href="data:,">${content(url)}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    otherPort: `http://127.0.0.1:${port}`,
    // The browsers of the testkit find all names below .test here.
    otherSite: `http://stranger.test:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function content(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://stranger.test');
  const of = (name: string) => escaped(searchParams.get(name) ?? '');
  if (pathname === '/frame') return `<iframe src="${of('src')}"></iframe>`;
  if (pathname !== '/form') return '<h1>Win a VM</h1>';
  // Of what a form can send, plain text can be made to look like JSON.
  return `<form method="post" enctype="text/plain" action="${of('action')}">
    <input name="${of('name')}" value="${of('value')}"><button>Win a VM</button></form>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
