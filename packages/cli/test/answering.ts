import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type RunMore, runCli } from './run-cli.ts';

export interface Answer {
  readonly status?: number;
  /** JSON, unless it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly authorization?: string;
  readonly ifMatch?: string;
  /** JSON; missing where there was none. */
  readonly body?: unknown;
}

/** For one test: answers what no Huismeester would, or one that is alone does not, such as what is broken or away. */
export async function answering(answer: (path: string, method?: string) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method, url: path = '', headers } = request;
    const { authorization, 'if-match': ifMatch } = headers;
    const sent = await text(request);
    asked.push({
      ...(method && { method }),
      path,
      ...(authorization && { authorization }),
      ...(ifMatch && { ifMatch }),
      ...(sent !== '' && { body: JSON.parse(sent) }),
    });
    const { status = 200, body, headers: more } = answer(path, method);
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, ran: (args: string[], more?: RunMore) => runCli([...args, '--url', url], more) };
}

export function problem(status: number, code: string, more: object = {}): Answer {
  return { status, body: { type: 'about:blank', title: code, status, code, ...more } };
}

export function list(...results: unknown[]): Answer {
  return { body: { results, next: null, count: results.length } };
}
